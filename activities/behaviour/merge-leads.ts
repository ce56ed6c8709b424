/**
 * Makes one lead of two: of two runs in one journey the older goes on, and the younger's cohort has
 * to end it. What either has left stays left.
 */
import type { Instant } from '../../dsl/plan.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import type { Transaction } from '../../store/store.ts';
import { type Enrolment, enrolments, laneRows, merged } from '../../store/tables/index.ts';
import type { Context } from '../context.ts';
import { signalRow } from '../lanes/signals-lane.ts';
import { writeMoves } from '../requests/write-moves.ts';
import type { NewItem } from './apply-items.ts';
import { type FormerPeople, formerPeople } from './former-people.ts';
import { keepOptOuts } from './keep-opt-outs.ts';
import type { KnownPeople, Merge } from './who-is-who.ts';

/** Merges everybody whom the items show to be one. Answers with who they were. */
export async function mergeAll(
  context: Pick<Context, 'plan' | 'gitSha' | 'onMerge'>,
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

/** The caller has locked both, and writes the profile of who remains. */
async function mergeLeads(
  context: Pick<Context, 'plan' | 'gitSha' | 'onMerge'>,
  tx: Transaction,
  { from, into }: Pick<Merge, 'from' | 'into'>,
  at: Instant,
): Promise<void> {
  const ending = (await runsOfTwo(tx, { from, into })).flatMap(({ ends }) => ends ?? []);
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
  await keepOptOuts(tx, { from, into }, at);
  await context.onMerge(tx, { from, into, at });
  await tx.movePerson(from, into);
  await tx.change(merged, [{ id: from, at }]);
}

interface RunsOfTwo {
  readonly goesOn: Enrolment;
  readonly ends: Enrolment | undefined;
}

/** By journey: which run of the one that two people are will go on, and which will end. */
export async function runsOfTwo(
  tx: Transaction,
  { from, into }: Pick<Merge, 'from' | 'into'>,
): Promise<readonly RunsOfTwo[]> {
  const runs = await tx.find(enrolments, { person: [from, into], status: UNDER_WAY });
  const otherOf = (run: Enrolment) =>
    runs.find(({ journey, id }) => journey === run.journey && id !== run.id);
  return runs.flatMap((goesOn) => {
    const ends = otherOf(goesOn);
    return ends !== undefined && isYounger(goesOn, ends, into) ? [] : { goesOn, ends };
  });
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
