/** Handlers of the steps that do one thing to the world: ask, wait out a deferral, ask again, go on. */
import type { JsonObject } from '../plan.ts';
import type { AnyEffect, StepKind } from '../step.ts';

/** A skipped message never ends a journey: every answer but a deferral goes on. */
export function effectHandlers<A extends JsonObject, E extends AnyEffect>(
  effectOf: (args: A) => E,
): Pick<StepKind<A, E>, 'outcomes' | 'enter' | 'on'> {
  const ask = (args: A) => ({ request: { type: 'effect' as const, effect: effectOf(args) } });
  return {
    outcomes: () => ['done'],
    enter: ask,
    on: {
      woke: ask,
      answered: (_, __, answer) =>
        answer.type === 'effect' && answer.answer.verdict === 'defer'
          ? { wait: answer.answer.until }
          : { out: 'done' },
    },
  };
}
