/** Facts about people as of their instants: what conditions, gates and scores are decided on. */
import type { Behaviour } from '../dsl/behaviour.ts';
import type { Facts } from '../dsl/condition.ts';
import type { Instant } from '../dsl/plan.ts';
import { prepareScore } from '../dsl/scoring/score-lead.ts';
import { groupBy } from '../store/group-by.ts';
import type { EventRow } from '../store/rows.ts';
import type { Transaction } from '../store/store.ts';
import type { World } from './world.ts';

export interface FactsOf {
  readonly person: string;
  readonly at: Instant;
}

/** Facts in the order of `wanted`; a person may be asked about more than once. */
export async function loadFacts(
  world: World,
  tx: Transaction,
  wanted: readonly FactsOf[],
): Promise<Facts[]> {
  const ids = [...new Set(wanted.map(({ person }) => person))];
  const people = new Map((await tx.people(ids)).map((row) => [row.id, row]));
  const events = groupBy(await tx.events(ids), (row) => row.person);
  return wanted.map(({ person, at }) =>
    factsOf(world, people.get(person)?.profile ?? {}, events.get(person) ?? [], at),
  );
}

/** Facts from rows already at hand. */
export function factsOf(
  world: World,
  profile: Facts['profile'],
  events: readonly EventRow[],
  at: Instant,
): Facts {
  const behaviour: readonly Behaviour[] = events.filter((row) => row.at <= at && !row.suspectedBot);
  const model = world.project.config.scoring;
  let prepared: ReturnType<typeof prepareScore> | undefined;
  return {
    at,
    profile,
    behaviour,
    score: (then) => {
      if (model === undefined) return 0;
      prepared ??= prepareScore(model, { profile, behaviour });
      return prepared(then).total;
    },
  };
}
