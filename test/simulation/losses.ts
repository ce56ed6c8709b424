/** What the engine loses, and how the product gets to know: by the watch of its workers, a while later. */
import { beginAllAgain } from '../../activities/recovery/begin-again.ts';
import type { Clockwork } from './clockwork.ts';
import type { Cluster } from './cluster.ts';
import type { Faults } from './faults.ts';
import { randomOf, type Random } from './random.ts';
import type { SimulatedEngine } from './simulated-engine.ts';

export interface LossesParts {
  readonly clockwork: Clockwork;
  readonly cluster: Cluster;
  readonly faults: Faults;
  readonly engine: SimulatedEngine;
  readonly seed: number;
}

const NOTICED_WITHIN_MS = 120_000;
const RETRY_MS = 2_000;
/** In one life: a step takes no time, so an engine that loses everything every few steps would let nobody move. */
const MOST_LOSSES = 40;

export class Losses {
  private readonly parts: LossesParts;
  private readonly random: Random;
  private count = 0;

  constructor(parts: LossesParts) {
    this.parts = parts;
    this.random = randomOf(`losses of ${parts.seed}`);
  }

  /** Asked before each step. */
  suffer(): void {
    const { engine, faults } = this.parts;
    const running = engine.allRunning;
    if (running.length === 0 || this.count >= MOST_LOSSES) return;
    if (faults.hit('cohort-lost')) {
      engine.terminate(this.random.pick(running).id);
      this.noticeLater();
    }
    if (faults.hit('engine-lost')) {
      engine.loseEverything();
      this.noticeLater();
    }
  }

  private noticeLater(): void {
    const { clockwork, cluster } = this.parts;
    const cause = `loss-${(this.count += 1)}`;
    const ms = cluster.delay(this.random.below(NOTICED_WITHIN_MS));
    clockwork.after(ms, `${cause} is noticed`, () => void this.notice(cause));
  }

  private async notice(cause: string): Promise<void> {
    const { clockwork, cluster } = this.parts;
    for (;;) {
      const outcome = await cluster.onSome(`sees to ${cause}`, ({ world }) =>
        beginAllAgain(world, { cause }),
      );
      if ('value' in outcome) return;
      await clockwork.sleep(cluster.delay(RETRY_MS), `${cause} is seen to again`);
    }
  }
}
