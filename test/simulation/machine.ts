/** A process of the product: it lives until it dies, and whoever waited for it hears of that. */
import type { Activities } from '../../activities/index.ts';
import type { World } from '../../activities/world.ts';

export class Machine {
  readonly name: string;
  isAlive = true;
  /** By how much its clock is wrong. */
  skewMs = 0;
  /** Hashes of plans that it lacks. */
  readonly lacks = new Set<string>();
  world!: World;
  activities!: Activities;
  private readonly mourners = new Set<() => void>();

  constructor(name: string) {
    this.name = name;
  }

  /** @returns what ends it. */
  onDeath(hear: () => void): () => void {
    this.mourners.add(hear);
    return () => this.mourners.delete(hear);
  }

  die(): void {
    this.isAlive = false;
    for (const hear of this.mourners) hear();
    this.mourners.clear();
  }
}
