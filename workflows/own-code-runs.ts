/** Own code of a cohort's people while it runs: it may take its time, and the others do not wait for it. */
import type { Answer } from '../dsl/step.ts';
import { type Asked, ownCodeAsked, requestKey } from '../engine/asked.ts';
import type { Engine } from './engine.ts';

export type OwnCodeResult =
  | { readonly asked: Asked; readonly answer: Answer }
  | { readonly asked: Asked; readonly error: string };

interface Running {
  readonly run: string;
  cancel(): void;
}

export class OwnCodeRuns {
  private readonly ended: OwnCodeResult[] = [];
  private readonly engine: Pick<Engine, 'activities' | 'cancellable'>;
  private readonly onEnd: () => void;
  /** By request. */
  private readonly running = new Map<string, Running>();

  constructor(engine: Pick<Engine, 'activities' | 'cancellable'>, onEnd: () => void) {
    this.engine = engine;
    this.onEnd = onEnd;
  }

  /** What was started and not yet taken. */
  get open(): number {
    return this.running.size + this.ended.length;
  }

  get haveEnded(): boolean {
    return this.ended.length > 0;
  }

  start(asked: Asked): void {
    const key = requestKey(asked.run);
    const { ended, cancel } = this.engine.cancellable(() =>
      this.engine.activities.runOwnCode(ownCodeAsked(asked)),
    );
    this.running.set(key, { run: asked.run.id, cancel });
    const end = (result: OwnCodeResult): void => {
      // Nobody waits for what was cancelled.
      if (!this.running.delete(key)) return;
      this.ended.push(result);
      this.onEnd();
    };
    void ended.then(
      (answer) => end({ asked, answer }),
      (error: unknown) => end({ asked, error: reasonOf(error) }),
    );
  }

  /** Cancels what was started for runs that nobody is in any more: it might fail for ever. */
  keepOnly(isUnderWay: (run: string) => boolean): void {
    for (const [key, { run, cancel }] of this.running) {
      if (isUnderWay(run)) continue;
      this.running.delete(key);
      cancel();
    }
  }

  takeEnded(): readonly OwnCodeResult[] {
    return this.ended.splice(0);
  }
}

/** An activity's failure says that it has failed; what failed is its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return String(error);
  const { type } = cause as { readonly type?: unknown };
  return `${typeof type === 'string' ? type : cause.name}: ${cause.message}`;
}
