/** Every mistake in a journey that its types cannot see, all at once. */
import { isTimeOfDay } from '../calendar/local-date.ts';
import type { Journey, JourneyRules } from '../journey.ts';
import type { WindowPlan } from '../plan.ts';
import { invalid, type LocalProblem, localProblem, type Problem } from '../problem.ts';
import { flatten, type PlacedStep } from './place-steps.ts';
import { backwardDays, stepProblems, triggerProblems, unreachableSteps } from './step-problems.ts';

const MOST_ID_CHARACTERS = 200;
const JOURNEY_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function findProblems(journey: Journey, placed: readonly PlacedStep[]): readonly Problem[] {
  const all = flatten(placed);
  return [
    ...journeyProblems(journey, all).map((problem) => ({ where: 'journey', ...problem })),
    ...all.flatMap((each) =>
      stepProblems(each, all).map((problem) => ({ where: each.where, ...problem })),
    ),
    ...unreachableSteps(placed),
    ...backwardDays(placed),
  ];
}

function journeyProblems(
  { id, rules }: Journey,
  all: readonly PlacedStep[],
): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (!JOURNEY_ID.test(id)) {
    const fix = 'It names the workflow type: keep it for ever.';
    problems.push(invalid('an id in kebab-case', id, fix, 'invalid-id'));
  }
  if (id.length > MOST_ID_CHARACTERS) {
    const fix = 'It stands in the id of each workflow and in the key of each message.';
    problems.push(
      invalid(`an id of at most ${MOST_ID_CHARACTERS} characters`, id.length, fix, 'invalid-id'),
    );
  }
  if (all.length === 0) {
    const fix = 'A journey without steps would end as it begins.';
    problems.push(localProblem('at least one step', 'none', fix, 'empty-journey'));
  }
  return [...problems, ...ruleProblems(rules)];
}

function ruleProblems(rules: JourneyRules<never>): readonly LocalProblem[] {
  const { enter, goal, exit, reenter, sendWindow, cohortSize, inFlight, enterWithin } = rules;
  const problems = Object.entries({ enter, goal, exit }).flatMap(([rule, condition]) =>
    condition === undefined ? [] : triggerProblems(rule, condition.condition),
  );
  if (reenter?.policy === 'after' && !(reenter.ms > 0 && reenter.ms < Infinity)) {
    const fix = reenter.ms > 0 ? 'Use never.' : 'Use always.';
    problems.push(invalid('a reenter of more than 0, and an end', reenter.ms, fix));
  }
  if (sendWindow !== undefined && !isWindow(sendWindow)) {
    const expected = 'a sendWindow of days and two different times like 09:00';
    problems.push(invalid(expected, sendWindow, 'Use weekdays() or everyDay().'));
  }
  if (inFlight === 'adopt') {
    const fix =
      'Moving people under way to a changed journey is not possible yet: they finish the one they began.';
    problems.push(invalid('inFlight to be pin or drain', inFlight, fix));
  }
  if (enterWithin !== undefined && !(enterWithin.ms > 0 && enterWithin.ms < Infinity)) {
    const fix = 'Leave it out for 7 days.';
    problems.push(invalid('enterWithin of more than 0, and an end', enterWithin.ms, fix));
  }
  if (cohortSize !== undefined && !isWhole(cohortSize, 1, 1000)) {
    const fix = '1 for small programmes, 500 for audiences.';
    problems.push(invalid('a cohortSize from 1 to 1000', cohortSize, fix));
  }
  return problems;
}

const isWindow = ({ days, from, to }: WindowPlan): boolean =>
  isTimeOfDay(from) &&
  isTimeOfDay(to) &&
  from !== to &&
  days.length > 0 &&
  days.every((day) => isWhole(day, 1, 7));

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;
