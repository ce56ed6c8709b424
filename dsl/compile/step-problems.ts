/** What is wrong with a step where it stands, and which steps nobody comes to. */
import { checkCondition, labelCondition, ownCodeIn } from '../conditions/index.ts';
import type { ConditionPlan, Json } from '../plan.ts';
import { invalid, type LocalProblem, localProblem, type Problem } from '../problem.ts';
import type { AnyStep } from '../step.ts';
import { stepKind } from '../steps/index.ts';
import type { PlacedStep } from './place-steps.ts';

const MOST_STEP_ID_CHARACTERS = 200;
const STEP_ID = /^[^\s/#]+$/;
/** What `since` and triggers mean by these is no step. */
const TAKEN = new Set(['entry', 'exit', 'goal', 'step']);

export function stepProblems(
  { step }: PlacedStep,
  all: readonly PlacedStep[],
): readonly LocalProblem[] {
  const kind = stepKind(step.kind);
  const mistakes = [
    ...(step.id === undefined ? [] : idProblems(step.id, step, all)),
    ...referenceProblems(kind.refersTo?.(step.args), all),
    ...(kind.conditions?.(step.args) ?? []).flatMap((condition) =>
      kind.trigger === undefined
        ? checkCondition(condition)
        : triggerProblems(step.kind, condition),
    ),
    ...(kind.check?.(step.args, step) ?? []),
  ];
  return mistakes.length > 0 ? mistakes : argumentProblems(step.args);
}

/** JSON has no others: a plan would hold null in their place. Nothing is where JavaScript left something out. */
function argumentProblems(args: Json | undefined, path = ''): readonly LocalProblem[] {
  if (args === undefined) return [localProblem(`a value as ${path}`, 'none', 'Say what it is.')];
  if (typeof args === 'number' && !Number.isFinite(args)) {
    return [localProblem(`a finite number as ${path}`, args, 'Plans are JSON.')];
  }
  if (typeof args !== 'object' || args === null) return [];
  return Object.entries(args).flatMap(([name, value]) =>
    argumentProblems(value, path === '' ? name : `${path}.${name}`),
  );
}

function idProblems(
  id: string,
  step: AnyStep,
  all: readonly PlacedStep[],
): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (!STEP_ID.test(id)) {
    const fix = 'Ids made from keys use these.';
    problems.push(invalid('an id without spaces, / or #', id, fix, 'invalid-id'));
  }
  if (id.length > MOST_STEP_ID_CHARACTERS) {
    const fix = 'It stands in the key of each message.';
    problems.push(
      invalid(
        `an id of at most ${MOST_STEP_ID_CHARACTERS} characters`,
        id.length,
        fix,
        'invalid-id',
      ),
    );
  }
  if (TAKEN.has(id) || id in {}) {
    const fix = 'Name what the step does.';
    problems.push(invalid('an id that means nothing else', id, fix, 'invalid-id'));
  }
  if (all.some((other) => other.step !== step && (other.step.id === id || other.id === id))) {
    const fix = 'Two steps have it: rename one.';
    problems.push(invalid('an id of its own', id, fix, 'duplicate-id'));
  }
  return problems;
}

function referenceProblems(
  refersTo: string | undefined,
  all: readonly PlacedStep[],
): readonly LocalProblem[] {
  if (refersTo === undefined || all.some(({ id }) => id === refersTo)) return [];
  const fix = "Use 'entry' or a step's id.";
  return [invalid('since to name a step of this journey', refersTo, fix, 'unknown-step')];
}

/**
 * What is wrong with a condition that is listened to: besides its own mistakes, own code cannot be.
 *
 * @param rule who listens: `goal`, `until`, `waitFor`.
 */
export function triggerProblems(rule: string, condition: ConditionPlan): readonly LocalProblem[] {
  const problems = checkCondition(condition);
  if (ownCodeIn(condition).length === 0) return problems;
  const notATrigger = localProblem(
    `${rule} to be an event or a condition on lead, behaviour or score`,
    `check ${labelCondition(condition)}`,
    'Own code cannot be listened to: ask it with when().',
    'not-a-trigger',
  );
  return [...problems, notATrigger];
}

/**
 * Days that go backwards: whoever is sent to day 10 and then to day 2 gets both at once.
 *
 * @param from the day that has passed before them.
 */
export function backwardDays(placed: readonly PlacedStep[], from = 0): readonly Problem[] {
  let last = from;
  return placed.flatMap((each) => {
    const day = stepKind(each.step.kind).day?.(each.step.args);
    const problems = day !== undefined && day < last ? [backward(each, day, last)] : [];
    last = Math.max(last, day ?? 0);
    return [...problems, ...waysOf(each).flatMap((way) => backwardDays(way, last))];
  });
}

const backward = ({ where }: PlacedStep, day: number, last: number): Problem => ({
  where,
  expected: `day ${last} or later, where ${last} days have passed`,
  received: String(day),
  fix: 'Two messages would leave at once: put them in the order of their days.',
  code: 'invalid-argument',
});

/** Steps that nobody ever comes to: all ways before them end the journey. */
export function unreachableSteps(placed: readonly PlacedStep[]): readonly Problem[] {
  const end = placed.findIndex(endsJourney);
  const before = placed[end];
  const lost = placed[end + 1];
  return [
    ...(before === undefined || lost === undefined ? [] : [unreachable(lost, before)]),
    ...placed.flatMap((each) => waysOf(each).flatMap(unreachableSteps)),
  ];
}

/** The steps behind each outcome; those behind the end of a block follow those inside. */
function waysOf({ step, branches }: PlacedStep): readonly (readonly PlacedStep[])[] {
  const { outcomes, block } = stepKind(step.kind);
  const behind = (outcome: string): readonly PlacedStep[] => branches[outcome] ?? [];
  return outcomes(step.args)
    .filter((outcome) => outcome !== block?.after)
    .map((outcome) =>
      outcome === block?.inside ? [...behind(outcome), ...behind(block.after)] : behind(outcome),
    );
}

/** True where nobody comes to what follows. */
const endsJourney = (placed: PlacedStep): boolean =>
  stepKind(placed.step.kind).ends === true || waysOf(placed).every((way) => way.some(endsJourney));

const unreachable = (lost: PlacedStep, before: PlacedStep): Problem => ({
  where: lost.where,
  expected: 'no step after the journey has ended',
  received: lost.step.key,
  fix: `Nobody passes ${before.step.id ?? before.step.key}: move it or drop it.`,
  code: 'unreachable-step',
});
