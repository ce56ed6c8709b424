/**
 * The `crm` lane: leads, owners, stages, tasks and notes, written where sales works. Every call has a
 * key of ours, so rows may come again in any batch; those of one person keep their order.
 */
import { groupBy } from '../../store/group-by.ts';
import {
  crmLinks,
  type LaneRow,
  type NewCrmLink,
  people as everybody,
} from '../../store/tables/index.ts';
import {
  doneRow,
  failedRow,
  type Lane,
  type RowOutcome,
  UNHURRIED_MS,
} from '../../activities/lanes/lane.ts';
import { atMost, pacer } from '../../activities/lanes/pacer.ts';
import { withoutPersonalData } from '../../activities/without-personal-data.ts';
import { type Crm, CrmRefusal } from './crm.ts';
import { addLinks, keyThere } from './crm-merge.ts';
import type { CrmOp } from './crm-op.ts';
import { performCrmOp, type CrmWork } from './perform-crm-op.ts';

/** People at a time: a local CRM writes their changes together, a vendor's counts its calls. */
const PEOPLE_AT_ONCE = { local: 500, vendor: 8 };

export const crmLane = (port: Crm): Lane => ({
  maxBatch: 500,
  // A row is several calls: they are paced one by one below.
  callsPerSecond: Infinity,
  gatherMs: UNHURRIED_MS,
  process: async (world, _, rows) => {
    const ids = [...new Set(rows.map(({ person }) => person))];
    const { people, links } = await world.store.transaction(async (tx) => ({
      people: new Map((await tx.find(everybody, { id: ids })).map((row) => [row.id, row])),
      links: new Map((await tx.find(crmLinks, { key: ids })).map((row) => [row.key, row])),
    }));
    const made: NewCrmLink[] = [];
    const crm = paced(port);
    let interrupted: unknown;
    const atOnce = Number.isFinite(crm.callsPerSecond)
      ? PEOPLE_AT_ONCE.vendor
      : PEOPLE_AT_ONCE.local;
    const outcomes = await atMost(
      atOnce,
      [...groupBy(rows, (row) => row.person)],
      async ([id, own]) => {
        const answers: RowOutcome[] = [];
        const person = people.get(id);
        const link = links.get(id);
        const work: CrmWork | undefined = person && {
          key: link === undefined ? id : keyThere(link),
          project: world.project,
          crm,
          person,
          leadId: link?.externalId,
          link: (to) => made.push(to),
        };
        for (const row of own) {
          if (interrupted !== undefined) answers.push(waiting(row, interrupted));
          else if (work === undefined) answers.push(failedRow(row, 'unknown-person', null));
          else answers.push(await attempt(work, row, (error) => (interrupted = error)));
        }
        return answers;
      },
    );
    return {
      outcomes: outcomes.flat(),
      record: async (tx) => {
        await addLinks(tx, made, world.clock());
      },
      ...(interrupted === undefined ? {} : { interrupted }),
    };
  },
});

/** A refusal fails the row; anything else ends the batch here and leaves the rest for later. */
async function attempt(
  work: CrmWork,
  row: LaneRow,
  interrupt: (error: unknown) => void,
): Promise<RowOutcome> {
  try {
    // Written by the effects as `crm-op.ts` says.
    await performCrmOp(work, row.payload as unknown as CrmOp, row.at);
    return doneRow(row);
  } catch (error) {
    if (error instanceof CrmRefusal) return failedRow(row, error.code, error.message);
    interrupt(error);
    return waiting(row, error);
  }
}

const waiting = ({ key }: LaneRow, error: unknown): RowOutcome => ({
  key,
  status: 'waiting',
  code: 'crm-unavailable',
  detail: withoutPersonalData(String(error)),
});

function paced(crm: Crm): Crm {
  if (crm.callsPerSecond === Infinity) return crm;
  const mayCall = pacer(crm.callsPerSecond);
  const soon = async <T>(call: () => Promise<T>): Promise<T> => {
    await mayCall();
    return call();
  };
  return {
    vendor: crm.vendor,
    callsPerSecond: crm.callsPerSecond,
    upsertLead: (key, fields) => soon(() => crm.upsertLead(key, fields)),
    setStage: (leadId, stage) => soon(() => crm.setStage(leadId, stage)),
    assignOwner: (leadId, owner) => soon(() => crm.assignOwner(leadId, owner)),
    createTask: (key, task) => soon(() => crm.createTask(key, task)),
    addNote: (key, note) => soon(() => crm.addNote(key, note)),
  };
}
