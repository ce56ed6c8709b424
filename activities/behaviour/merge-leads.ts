/** Makes one lead of two: of two runs in one journey the older goes on, and the younger's cohort is told to end it. */
import type { Enrolment } from '../../store/rows.ts';
import type { NewLaneRow, Transaction } from '../../store/store.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { EndItem } from '../../engine/cohort-item.ts';
import { rememberMerge } from './merged-people.ts';
import type { Merge } from './resolve-people.ts';

/** The caller has locked both, and writes the profile of who remains. */
export async function mergeLeads(
  tx: Transaction,
  { from, into }: Pick<Merge, 'from' | 'into'>,
  at: Instant,
): Promise<void> {
  const live = await tx.enrolments({ people: [from, into], status: 'live' });
  const ending = live.flatMap((run) => {
    const other = live.find(({ journey, id }) => journey === run.journey && id !== run.id);
    return other !== undefined && isYounger(run, other, into) ? [run] : [];
  });
  if (ending.length > 0) {
    await tx.putPositions(
      ending.map(({ id, step }) => ({
        run: id,
        status: 'merged',
        step,
        since: at,
        endedAt: at,
        error: null,
      })),
    );
    await tx.addLaneRows(ending.map((run) => endRow(run, into, at)));
  }
  await tx.mergePeople(from, into);
  await rememberMerge(tx, from, into);
}

/** Of two that began together, the run of who remains goes on. */
const isYounger = (run: Enrolment, other: Enrolment, into: string): boolean =>
  run.enteredAt === other.enteredAt ? run.person !== into : run.enteredAt > other.enteredAt;

function endRow({ id, journey, cohort }: Enrolment, person: string, at: Instant): NewLaneRow {
  const item: EndItem = { type: 'end', run: id, reason: 'merged', at };
  return {
    lane: 'signals',
    key: `end/${id}`,
    cohort,
    person,
    at,
    payload: { journey, item: { ...item } },
  };
}
