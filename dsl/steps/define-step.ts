/** What the files of steps are made with: options, the check of a kind's parts, and handlers that several share. */
import type { JsonObject } from '../plan.ts';
import type { AnyEffect, Answer, AnyStep, StepKind } from '../step.ts';

/** What every step takes besides its own arguments. */
export interface StepOptions {
  /** A stable id of the author's own choice; people under way refer to it. */
  readonly id?: string;
}

export const withId = <S extends AnyStep>(step: S, options: StepOptions | undefined): S =>
  options?.id === undefined ? step : { ...step, id: options.id };

/** Checks a kind's parts against each other. */
export const defineStep = <A extends JsonObject, E extends AnyEffect = never>(
  kind: StepKind<A, E>,
): StepKind<A, E> => kind;

/**
 * For steps that do one thing outside the journey: ask for it, wait out a deferral, ask again, go on. A
 * skipped message never ends a journey: every answer but a deferral goes on.
 */
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

/** For steps that ask one question: the way out that its verdict names. */
export const outYesOrNo = (answer: Answer): { readonly out: 'yes' | 'no' } => ({
  out: answer.type === 'decide' && answer.verdicts[0]?.holds === true ? 'yes' : 'no',
});
