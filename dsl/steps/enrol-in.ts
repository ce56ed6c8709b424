/** `enrolIn(journey)`: begins another journey for the same person; this one goes on. */
import type { Step } from '../step.ts';
import { defineStep, effectHandlers, type StepOptions, withId } from './define-step.ts';

type EnrolInArgs = { readonly journey: string };

export type EnrolEffect = { readonly effect: 'enrol' } & EnrolInArgs;

/**
 * Enrols the person in another journey, whose rules may refuse (already in it, re-entry too soon);
 * a refusal is recorded and this journey goes on.
 *
 * Compiles to `{ kind: 'enrolIn', args: { journey } }`.
 *
 * @param journey the journey, or its id where importing it would go round in a circle.
 * @example
 * enrolIn('recycled').key // => 'enrol:recycled'
 */
export const enrolIn = (journey: { readonly id: string } | string, options?: StepOptions): Step => {
  const id = typeof journey === 'string' ? journey : journey.id;
  return withId(
    { kind: 'enrolIn', args: { journey: id }, key: `enrol:${id}`, uses: { journeys: [id] } },
    options,
  );
};

export const enrolInKind = defineStep<EnrolInArgs, EnrolEffect>({
  kind: 'enrolIn',
  label: ({ journey }) => `enrol in ${journey}`,
  ...effectHandlers<EnrolInArgs, EnrolEffect>((args) => ({ effect: 'enrol', ...args })),
});
