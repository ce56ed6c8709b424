/** The author's own code (`step`, `check`), outside the sandbox. At least once; `key` is the same at every attempt. */
import type { OwnCall } from '../../workflows/cohort-input.ts';
import { holds, partsOf } from '../../dsl/conditions/index.ts';
import type { ConditionPlan } from '../../dsl/plan.ts';
import type { Answer } from '../../dsl/step.ts';
import { loadFacts } from '../load-facts.ts';
import type { World } from '../world.ts';

/** @throws Error where the config no longer knows the name; Temporal tries again after a deploy. */
export async function runOwnCode(world: World, { key, lead, at, call }: OwnCall): Promise<Answer> {
  const [facts] = await world.store.transaction((tx) =>
    loadFacts(world, tx, [{ person: lead, at }]),
  );
  if (facts === undefined)
    throw new Error(`Person ${lead}: expected it in the store. [unknown-person]`);
  // The profile is checked where it comes in; the types of the journey say which lead it is.
  const profile = facts.profile as never;
  if (call.type === 'own') {
    const own = world.project.ownSteps.get(call.name) ?? missing('step', call.name);
    await own.run({ lead: profile, at, key });
    return { type: 'own' };
  }
  const questions = call.type === 'decide' ? call.questions : [];
  const checks: Record<string, boolean> = {};
  for (const name of new Set(questions.flatMap(({ condition }) => checkNames(condition)))) {
    const check = world.project.checks.get(name) ?? missing('check', name);
    checks[name] = await check.run({ lead: profile, at });
  }
  return {
    type: 'decide',
    verdicts: questions.map(({ condition, since }) =>
      holds(condition, { ...facts, checks }, since),
    ),
  };
}

const checkNames = (condition: ConditionPlan): readonly string[] =>
  partsOf(condition).flatMap((part) =>
    part.kind === 'check' && typeof part['name'] === 'string' ? [part['name']] : [],
  );

function missing(kind: string, name: string): never {
  throw new Error(
    `Own ${kind} "${name}": expected it in the config, received none. ` +
      'Keep the code of people under way, or rename nothing. [unknown-own-code]',
  );
}
