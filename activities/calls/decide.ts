/** Conditions asked of the store, for many people at once. Reads only. */
import { holds } from '../../dsl/conditions/index.ts';
import type { Answer } from '../../dsl/step.ts';
import type { Transaction } from '../../store/store.ts';
import type { PersonCall } from '../../engine/cohort-state.ts';
import { enrolmentsOf } from './enrolments-of.ts';
import { loadFacts } from '../load-facts.ts';
import type { World } from '../world.ts';

export type Checks = { readonly [name: string]: boolean };

/** Verdicts by call. `checks` are the answers of own code, which a regular activity has asked before. */
export async function decide(
  world: World,
  tx: Transaction,
  calls: readonly PersonCall[],
  checks: Checks = {},
): Promise<ReadonlyMap<PersonCall, Extract<Answer, { type: 'decide' }>>> {
  if (calls.length === 0) return new Map();
  const enrolments = await enrolmentsOf(tx, calls);
  const facts = await loadFacts(
    world,
    tx,
    calls.map(({ run, at }) => ({ person: enrolments.get(run.id)?.person ?? run.lead, at })),
  );
  return new Map(
    calls.map((each, i) => {
      const known = facts[i];
      const questions = each.call.type === 'decide' ? each.call.questions : [];
      const verdicts = questions.map(({ condition, since, upTo = each.at }) =>
        known === undefined
          ? { holds: false }
          : holds(condition, { ...known, at: Math.min(each.at, upTo), checks }, since),
      );
      return [each, { type: 'decide', verdicts }];
    }),
  );
}
