/** Own code of a cohort's people while it runs: it may take its time, and the others do not wait for it. */
import type { Answer } from '../dsl/step.ts';
import { type Asked, ownCodeAsked } from '../engine/asked.ts';
import type { CohortActivities } from './cohort-input.ts';

export type OwnCodeResult =
  | { readonly asked: Asked; readonly answer: Answer }
  | { readonly asked: Asked; readonly error: string };

export class OwnCodeRuns {
  private readonly ended: OwnCodeResult[] = [];
  private readonly activities: Pick<CohortActivities, 'runOwnCode'>;
  private readonly onEnd: () => void;
  private running = 0;

  constructor(activities: Pick<CohortActivities, 'runOwnCode'>, onEnd: () => void) {
    this.activities = activities;
    this.onEnd = onEnd;
  }

  /** What was started and not yet taken. */
  get open(): number {
    return this.running + this.ended.length;
  }

  get haveEnded(): boolean {
    return this.ended.length > 0;
  }

  start(asked: Asked): void {
    this.running += 1;
    void this.activities
      .runOwnCode(ownCodeAsked(asked))
      .then(
        (answer) => this.ended.push({ asked, answer }),
        (error: unknown) => this.ended.push({ asked, error: String(error) }),
      )
      .then(() => {
        this.running -= 1;
        this.onEnd();
      });
  }

  takeEnded(): readonly OwnCodeResult[] {
    return this.ended.splice(0);
  }
}
