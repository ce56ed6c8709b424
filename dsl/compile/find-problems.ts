/** Every mistake in a journey that its types cannot see, all at once. */
import { isTimeOfDay } from '../calendar/local-date.ts';
import { checkCondition } from '../conditions/index.ts';
import type { Journey, JourneyRules } from '../journey.ts';
import type { LocalProblem, Problem } from '../problem.ts';
import { stepKind } from '../steps/index.ts';
import { outOfRange } from '../steps/step-options.ts';
import { triggerProblems } from './condition-problems.ts';
import type { PlacedStep } from './placed-step.ts';
import { unreachableSteps } from './unreachable-steps.ts';

const JOURNEY_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** What `since` and triggers mean by these is no step. */
const TAKEN = new Set(['entry', 'exit', 'goal', 'step']);
const STEP_ID = /^[^\s/#]+$/;

export function findProblems(journey: Journey, placed: readonly PlacedStep[]): readonly Problem[] {
  const all = flatten(placed);
  return [
    ...ofJourney(journey, all).map((problem) => ({ where: 'journey', ...problem })),
    ...all.flatMap((each) =>
      ofStep(each, all).map((problem) => ({ where: each.where, ...problem })),
    ),
    ...unreachableSteps(placed),
  ];
}

export const flatten = (placed: readonly PlacedStep[]): readonly PlacedStep[] =>
  placed.flatMap((each) => [each, ...Object.values(each.branches).flatMap(flatten)]);

function ofJourney(journey: Journey, all: readonly PlacedStep[]): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (!JOURNEY_ID.test(journey.id)) {
    problems.push({
      ...outOfRange(
        'an id in kebab-case',
        journey.id,
        'It names the workflow type: keep it for ever.',
      ),
      code: 'invalid-id',
    });
  }
  if (all.length === 0) {
    problems.push({
      expected: 'at least one step',
      received: 'none',
      fix: 'A journey without steps would end as it begins.',
      code: 'empty-journey',
    });
  }
  return [...problems, ...ofRules(journey.rules)];
}

function ofRules(rules: JourneyRules<never>): readonly LocalProblem[] {
  const { enter, goal, exit, reenter, sendWindow: window, cohortSize, inFlight } = rules;
  const problems = Object.entries({ enter, goal, exit }).flatMap(([rule, condition]) =>
    condition === undefined ? [] : triggerProblems(rule, condition.condition),
  );
  if (reenter?.policy === 'after' && !(reenter.ms > 0)) {
    problems.push(outOfRange('a reenter of more than 0', reenter.ms, 'Use always.'));
  }
  if (window !== undefined) {
    const valid =
      isTimeOfDay(window.from) &&
      isTimeOfDay(window.to) &&
      window.from !== window.to &&
      window.days.length > 0 &&
      window.days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);
    if (!valid) {
      problems.push(
        outOfRange(
          'a sendWindow of days and two different times like 09:00',
          window,
          'Use weekdays() or everyDay().',
        ),
      );
    }
  }
  if (inFlight === 'adopt') {
    problems.push(
      outOfRange(
        'inFlight to be pin or drain',
        inFlight,
        'Moving people under way to a changed journey is not possible yet: they finish the one they began.',
      ),
    );
  }
  if (
    cohortSize !== undefined &&
    !(Number.isInteger(cohortSize) && cohortSize >= 1 && cohortSize <= 1000)
  ) {
    problems.push(
      outOfRange(
        'a cohortSize from 1 to 1000',
        cohortSize,
        '1 for small programmes, 500 for audiences.',
      ),
    );
  }
  return problems;
}

function ofStep({ step }: PlacedStep, all: readonly PlacedStep[]): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (step.id !== undefined && !STEP_ID.test(step.id)) {
    problems.push({
      ...outOfRange('an id without spaces, / or #', step.id, 'Ids made from keys use these.'),
      code: 'invalid-id',
    });
  }
  if (step.id !== undefined && (TAKEN.has(step.id) || step.id in {})) {
    problems.push({
      ...outOfRange('an id that means nothing else', step.id, 'Name what the step does.'),
      code: 'invalid-id',
    });
  }
  if (
    step.id !== undefined &&
    all.some(({ step: other, id }) => other !== step && (other.id === step.id || id === step.id))
  ) {
    problems.push({
      ...outOfRange('an id of its own', step.id, 'Two steps have it: rename one.'),
      code: 'duplicate-id',
    });
  }
  const kind = stepKind(step.kind);
  const refersTo = kind.refersTo?.(step.args);
  if (refersTo !== undefined && !all.some(({ id }) => id === refersTo)) {
    problems.push({
      ...outOfRange(
        'since to name a step of this journey',
        refersTo,
        "Use 'entry' or a step's id.",
      ),
      code: 'unknown-step',
    });
  }
  for (const condition of kind.conditions?.(step.args) ?? []) {
    problems.push(
      ...(kind.trigger === undefined
        ? checkCondition(condition)
        : triggerProblems(step.kind, condition)),
    );
  }
  return [...problems, ...(kind.check?.(step.args, step) ?? [])];
}
