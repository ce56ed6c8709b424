/** Compile: a journey's definition to its plan. Pure and total: either a plan or every problem. */
import { listensTo } from '../conditions/index.ts';
import type { Journey, JourneyRules } from '../journey.ts';
import type { ConditionPlan, Plan, PlanRules } from '../plan.ts';
import { JourneyDefinitionError, type Problem } from '../problem.ts';
import { stepKind } from '../steps/index.ts';
import { contentHash } from './content-hash.ts';
import { findProblems } from './find-problems.ts';
import { linkSteps } from './link-steps.ts';
import { flatten, placeSteps, type PlacedStep } from './place-steps.ts';
import { strays } from './strays.ts';

/**
 * Compiles a journey to its plan.
 *
 * @throws JourneyDefinitionError with every problem of the journey.
 */
export function compile(journey: Journey): Plan {
  const { plan, problems } = tryCompile(journey);
  if (plan === undefined) throw new JourneyDefinitionError(journey.id, problems);
  return plan;
}

interface Compiled {
  readonly plan?: Plan;
  readonly problems: readonly Problem[];
}

/** Journeys are values: each is compiled once, however often it is rehearsed. */
const compiled = new WeakMap<Journey, Compiled>();

/** As `compile`, but answers with the problems instead of throwing them. */
export function tryCompile(journey: Journey): Compiled {
  const known = compiled.get(journey) ?? compileAnew(journey);
  compiled.set(journey, known);
  return known;
}

function compileAnew(journey: Journey): Compiled {
  const strange = strays(journey);
  if (strange.length > 0) return { problems: strange };
  const placed = placeSteps(journey.steps);
  const problems = findProblems(journey, placed);
  if (problems.length > 0) return { problems };
  const steps = flatten(placed);
  const content: Omit<Plan, 'hash'> = {
    format: 1,
    id: journey.id,
    rules: planRules(journey.rules),
    ...linkSteps(placed),
    listens: listens(journey.rules, steps),
    marks: marks(steps),
  };
  return { plan: { ...content, hash: contentHash(content) }, problems };
}

function planRules(rules: JourneyRules<never>): PlanRules {
  const { enter, goal, exit, sendWindow } = rules;
  return {
    ...(enter === undefined ? {} : { enter: enter.condition }),
    reenter: rules.reenter ?? { policy: 'never' },
    ...(goal === undefined ? {} : { goal: goal.condition }),
    ...(exit === undefined ? {} : { exit: exit.condition }),
    ...(sendWindow === undefined ? {} : { sendWindow }),
    inFlight: rules.inFlight ?? 'pin',
  };
}

/** What can move somebody who is in the journey; what brings them in is not among it. */
function listens(
  { goal, exit }: JourneyRules<never>,
  steps: readonly PlacedStep[],
): Plan['listens'] {
  const conditions: ConditionPlan[] = [goal, exit].flatMap((rule) =>
    rule === undefined ? [] : [rule.condition],
  );
  const heard = new Set<string>();
  for (const { step } of steps) {
    const kind = stepKind(step.kind);
    if (kind.trigger !== undefined) conditions.push(...(kind.conditions?.(step.args) ?? []));
    for (const name of kind.hears ?? []) heard.add(name);
  }
  const listened = listensTo(conditions);
  return { ...listened, events: [...new Set([...listened.events, ...heard])].sort() };
}

/** Steps whose beginning some later step refers to. */
function marks(steps: readonly PlacedStep[]): readonly string[] {
  const referred = steps.flatMap(({ step }) => stepKind(step.kind).refersTo?.(step.args) ?? []);
  return [...new Set(referred)].sort();
}
