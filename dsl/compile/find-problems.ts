/** Every mistake in a journey that its types cannot see, all at once. */
import { asksOwnCode, labelCondition } from '../conditions/index.ts';
import { isTimeOfDay } from '../calendar/local-date.ts';
import type { Journey, JourneyRules } from '../journey.ts';
import type { ConditionPlan } from '../plan.ts';
import type { LocalProblem, Problem } from '../problem.ts';
import type { AnyStep } from '../step.ts';
import { stepKind } from '../steps/index.ts';
import { outOfRange } from '../steps/step-options.ts';
import type { PlacedStep } from './placed-step.ts';

const JOURNEY_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const STEP_ID = /^[^\s/#]+$/;

export function findProblems(journey: Journey, placed: readonly PlacedStep[]): readonly Problem[] {
  const all = flatten(placed);
  return [
    ...ofJourney(journey, all).map((problem) => ({ where: 'journey', ...problem })),
    ...all.flatMap((each) =>
      ofStep(each, all).map((problem) => ({ where: each.where, ...problem })),
    ),
    ...unreachable(placed),
  ];
}

export const flatten = (placed: readonly PlacedStep[]): readonly PlacedStep[] =>
  placed.flatMap((each) => [
    each,
    ...flatten(each.block),
    ...Object.values(each.branches).flatMap(flatten),
  ]);

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
  const { enter, goal, exit, sendWindow: window, cohortSize } = rules;
  const problems = Object.entries({ enter, goal, exit }).flatMap(([rule, condition]) =>
    condition === undefined ? [] : notATrigger(rule, condition.condition),
  );
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
  if (
    step.id !== undefined &&
    all.some((other) => other.step !== step && other.step.id === step.id)
  ) {
    problems.push({
      ...outOfRange('an id of its own', step.id, 'Two steps have it: rename one.'),
      code: 'duplicate-id',
    });
  }
  if (step.block !== undefined) return [...problems, ...ofBlock(step)];
  const kind = stepKind(step.kind);
  const refersTo = kind.refersTo?.(step.args);
  if (refersTo !== undefined && !all.some((other) => other.id === refersTo)) {
    problems.push({
      ...outOfRange(
        'since to name a step of this journey',
        refersTo,
        "Use 'entry' or a step's id.",
      ),
      code: 'unknown-step',
    });
  }
  if (kind.trigger !== undefined) {
    problems.push(
      ...(kind.conditions?.(step.args) ?? []).flatMap((each) => notATrigger('waitFor', each)),
    );
  }
  return [...problems, ...(kind.check?.(step.args) ?? [])];
}

function ofBlock({ block }: AnyStep): readonly LocalProblem[] {
  if (block === undefined) return [];
  const problems = [...notATrigger('until', block.condition)];
  if (block.steps.length === 0) {
    problems.push({
      expected: 'at least one step to race against',
      received: 'none',
      fix: 'Use waitFor() to wait for the trigger alone.',
      code: 'empty-journey',
    });
  }
  return problems;
}

const notATrigger = (rule: string, condition: ConditionPlan): LocalProblem[] =>
  asksOwnCode(condition)
    ? [
        {
          expected: `${rule} to be an event or a condition on lead, behaviour or score`,
          received: `check ${labelCondition(condition)}`,
          fix: 'Own code cannot be listened to: ask it with when().',
          code: 'not-a-trigger',
        },
      ]
    : [];

/** Steps after one that ends the journey. */
function unreachable(placed: readonly PlacedStep[]): readonly Problem[] {
  const end = placed.findIndex(
    ({ step }) => step.block === undefined && stepKind(step.kind).ends === true,
  );
  const lost = end === -1 ? undefined : placed[end + 1];
  const here: readonly Problem[] =
    lost === undefined
      ? []
      : [
          {
            where: lost.where,
            expected: 'no step after the journey has ended',
            received: lost.step.key,
            fix: `Nobody passes ${placed[end]?.step.key}: move it or drop it.`,
            code: 'unreachable-step',
          },
        ];
  return [
    ...here,
    ...placed.flatMap((each) => [
      ...unreachable(each.block),
      ...Object.values(each.branches).flatMap(unreachable),
    ]),
  ];
}
