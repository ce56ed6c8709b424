/**
 * Makes one lead of two: of two runs in one journey the older goes on, and the younger's cohort has
 * to end it. What either was true of before is no news of the two.
 */
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import {
  type Enrolment,
  enrolments,
  events,
  type EventRow,
  laneRows,
} from '../../store/tables/index.ts';
import type { Context } from '../context.ts';
import { signalRow } from '../lanes/signals-lane.ts';
import { writeMoves } from '../requests/write-moves.ts';
import type { NewItem } from './apply-items.ts';
import { itemKey } from './behaviour-item.ts';
import type { KnownPeople, Merge } from './who-is-who.ts';

/** Somebody as they were before they turned out to be the same as another. */
export interface FormerPerson {
  readonly profile: JsonObject;
  readonly events: readonly EventRow[];
}

/** By the key of the item that showed them to be one. */
export type FormerPeople = ReadonlyMap<string, readonly FormerPerson[]>;

/** Merges everybody whom the items show to be one. Answers with who they were. */
export async function mergeAll(
  context: Pick<Context, 'plan' | 'gitSha'>,
  tx: Transaction,
  known: KnownPeople,
  items: readonly NewItem[],
): Promise<FormerPeople> {
  const merging = items.filter(({ merges }) => merges.length > 0);
  if (merging.length === 0) return new Map();
  const former = await formerPeople(tx, known, merging, items);
  for (const { row, merges } of merging) {
    for (const merge of merges) await mergeLeads(context, tx, merge, row.at);
  }
  return former;
}

async function formerPeople(
  tx: Transaction,
  { people }: KnownPeople,
  merging: readonly NewItem[],
  items: readonly NewItem[],
): Promise<FormerPeople> {
  const idsOf = ({ merges }: NewItem): string[] => [
    ...new Set(merges.flatMap(({ from, into }) => [from, into])),
  ];
  const fresh = new Set(items.map(({ row }) => itemKey(row)));
  const before = (await tx.find(events, { person: [...new Set(merging.flatMap(idsOf))] })).filter(
    (row) => !fresh.has(itemKey(row)),
  );
  const eventsOf = groupBy(before, ({ person }) => person);
  return new Map(
    merging.map((each) => [
      itemKey(each.row),
      idsOf(each).flatMap((id) => {
        const person = people.get(id);
        return person === undefined
          ? []
          : [{ profile: person.profile, events: eventsOf.get(id) ?? [] }];
      }),
    ]),
  );
}

/** The caller has locked both, and writes the profile of who remains. */
async function mergeLeads(
  context: Pick<Context, 'plan' | 'gitSha'>,
  tx: Transaction,
  { from, into }: Pick<Merge, 'from' | 'into'>,
  at: Instant,
): Promise<void> {
  const runs = await tx.find(enrolments, { person: [from, into], status: UNDER_WAY });
  const ending = runs.filter((run) => {
    const other = runs.find(({ journey, id }) => journey === run.journey && id !== run.id);
    return other !== undefined && isYounger(run, other, into);
  });
  await writeMoves(
    context,
    tx,
    ending.flatMap((enrolment) => {
      const { position } = enrolment;
      return position === null ? [] : [{ position, at, end: 'merged', ways: [], enrolment }];
    }),
  );
  await tx.add(
    laneRows,
    ending.map((run) => endSignal(run, into, at)),
  );
  await tx.movePerson(from, into);
}

/** Of two that began together, the run of who remains goes on. */
const isYounger = (run: Enrolment, other: Enrolment, into: string): boolean =>
  run.enteredAt === other.enteredAt ? run.person !== into : run.enteredAt > other.enteredAt;

const endSignal = ({ id, journey, cohort }: Enrolment, person: string, at: Instant) =>
  signalRow(
    `end/${id}`,
    { journey, item: { type: 'end', run: id, reason: 'merged', at } },
    { cohort, person, at },
  );
