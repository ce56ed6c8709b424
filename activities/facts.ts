/** Facts about people as of their instants: what conditions, gates and scores are decided on. */
import type { Behaviour } from '../dsl/behaviour.ts';
import type { Facts } from '../dsl/condition.ts';
import type { Instant, JsonObject } from '../dsl/plan.ts';
import { NO_SCORE } from '../dsl/scoring/no-score.ts';
import { prepareLead } from '../dsl/scoring/score-lead.ts';
import type { ScoringModel } from '../dsl/scoring/scoring-model.ts';
import { groupBy } from '../store/group-by.ts';
import type { Transaction } from '../store/store.ts';
import { events, type EventRow, people, type Person } from '../store/tables/index.ts';

/** People as the store knows them now, each with all that they did: facts about any instant are made of it. */
export interface KnownPerson {
  readonly person: Person | undefined;
  readonly events: readonly EventRow[];
}

/** By id; in two queries, however many are asked about. */
export async function loadPeople(
  tx: Transaction,
  ids: readonly string[],
): Promise<(id: string) => KnownPerson> {
  const distinct = [...new Set(ids)];
  const rows = new Map(
    (await tx.find(people, { id: distinct })).map((person) => [person.id, person]),
  );
  const eventsOf = groupBy(await tx.find(events, { person: distinct }), ({ person }) => person);
  return (id) => ({ person: rows.get(id), events: eventsOf.get(id) ?? [] });
}

export function factsOf(
  model: ScoringModel | undefined,
  profile: JsonObject,
  rows: readonly EventRow[],
  at: Instant,
): Facts {
  const behaviour: readonly Behaviour[] = rows.filter((row) => row.at <= at && !row.suspectedBot);
  if (model === undefined) return { at, profile, behaviour, ...NO_SCORE };
  let known: ReturnType<typeof prepareLead> | undefined;
  const prepared = () => (known ??= prepareLead(model, { profile, behaviour }));
  return {
    at,
    profile,
    behaviour,
    score: (then) => prepared().score(then).total,
    scoreParts: (then) => prepared().parts(then),
  };
}
