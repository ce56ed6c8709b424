/** `step(name, run)`: the author's own code, as an activity. */
import type { Instant } from '../plan.ts';
import { invalid } from '../problem.ts';
import type { OwnStep, Step } from '../step.ts';
import { defineStep, type StepOptions, withId } from './define-step.ts';

type OwnStepArgs = { readonly name: string };

/**
 * Runs the author's own code, at least once, as a regular activity that Temporal retries; `key` is
 * the same at every attempt, for the author's own idempotency. It runs outside the sandbox and may do
 * anything; what it returns is not kept.
 *
 * Compiles to `{ kind: 'step', args: { name } }`; `run` is found by its name in the worker's config.
 *
 * @param name unique in the project.
 * @example
 * step('warm-up', () => undefined).key // => 'step:warm-up'
 */
export function step<L>(
  name: string,
  run: (input: { lead: L; at: Instant; key: string }) => unknown,
  options?: StepOptions,
): Step<L> {
  // The host calls `run` with the lead of a journey whose type was checked against L.
  const own: OwnStep = { name, run: run as OwnStep['run'] };
  return withId(
    { kind: 'step', args: { name }, key: `step:${name}`, uses: { ownSteps: [own] } },
    options,
  );
}

export const ownStepKind = defineStep<OwnStepArgs>({
  kind: 'step',
  outcomes: () => ['done'],
  check: ({ name }) =>
    name.trim() === '' ? [invalid('a name', name, 'Name the step in a word or two.')] : [],
  label: ({ name }) => `step ${name}`,
  enter: ({ name }) => ({ request: { type: 'own', name } }),
  on: { answered: () => ({ out: 'done' }) },
});
