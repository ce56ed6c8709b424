/** Whose runs these are now: people are merged while runs go on, so the store knows better than a run. */
import type { Enrolment } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { Run } from '../../engine/run.ts';

/** Enrolments by run id. */
export async function enrolmentsOf(
  tx: Transaction,
  of: readonly { readonly run: Run }[],
): Promise<ReadonlyMap<string, Enrolment>> {
  const rows = await tx.enrolments({ ids: of.map(({ run }) => run.id) });
  return new Map(rows.map((row) => [row.id, row]));
}
