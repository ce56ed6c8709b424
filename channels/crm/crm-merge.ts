/** Two leads that turn out to be one, where sales works: the older one's record stays theirs, the other's is kept and noted. */
import type { OnMerge } from '../../activities/context.ts';
import { waitingRow } from '../../activities/lanes/lane.ts';
import type { Transaction } from '../../store/store.ts';
import {
  type CrmLink,
  crmLinks,
  laneRows,
  merged,
  type NewCrmLink,
} from '../../store/tables/index.ts';

/** A record made under another key than the lead's own: of somebody who was merged. */
export const keyThere = ({ key, madeAs }: CrmLink): string => madeAs ?? key;

/** The record that only the other one had is the lead's from here on. */
export const mergeLinks: OnMerge = async (tx, { from, into, at }) => {
  const links = new Map(
    (await tx.find(crmLinks, { key: [from, into] })).map((row) => [row.key, row]),
  );
  const [gone, kept] = [links.get(from), links.get(into)];
  if (gone === undefined) return;
  if (kept === undefined) {
    await tx.add(crmLinks, [{ ...gone, key: into, madeAs: keyThere(gone) }]);
    return;
  }
  if (kept.externalId === gone.externalId) return;
  await tx.add(laneRows, [
    waitingRow({
      lane: 'crm',
      key: `merged/${from}`,
      cohort: '',
      person: into,
      at,
      payload: { op: 'merged', run: from, step: '', other: gone.externalId },
    }),
  ]);
};

/** Records made while their leads were being merged. */
export async function addLinks(
  tx: Transaction,
  made: readonly NewCrmLink[],
  at: number,
): Promise<void> {
  await tx.add(crmLinks, made);
  const gone = await tx.find(merged, { id: made.map(({ key }) => key) });
  for (const { id, into } of gone) await mergeLinks(tx, { from: id, into, at });
}
