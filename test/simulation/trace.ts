/** What a run did, in order: a hash of all of it, and the last lines for people. */
import { hashOf } from './random.ts';

const KEPT_LINES = 400;

export class Trace {
  private readonly hashes = [1, 2, 3, 4];
  private readonly kept: string[] = [];
  count = 0;

  note(line: string): void {
    this.count += 1;
    for (const [i, hash] of this.hashes.entries()) this.hashes[i] = hashOf(line, hash);
    this.kept.push(line);
    if (this.kept.length > KEPT_LINES * 2) this.kept.splice(0, KEPT_LINES);
  }

  /** Two runs with the same hash did the same. */
  get hash(): string {
    return this.hashes.map((hash) => hash.toString(16).padStart(8, '0')).join('');
  }

  get lines(): readonly string[] {
    return this.kept.slice(-KEPT_LINES);
  }
}
