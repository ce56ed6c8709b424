/** Time in the demonstration: it begins today at midnight, and is wherever the recording has come to. */
import type { Instant } from '../../dsl/plan.ts';

/** Several cohorts play at once, each with a clock of its own: what they post waits its turn. */
export class VirtualTime {
  private now: Instant;
  private last: Promise<void> = Promise.resolve();

  constructor(from: Instant) {
    this.now = from;
  }

  readonly clock = (): Instant => this.now;

  /** Does something as if it were `at`; one thing after another. */
  as(at: Instant, act: () => Promise<void>): Promise<void> {
    const turn = this.last.then(async () => {
      this.now = at;
      await act();
    });
    this.last = turn.catch(() => undefined); // the next in turn does not care; the caller is told
    return turn;
  }
}
