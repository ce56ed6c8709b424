/**
 * The `crm` lane: leads, owners, stages, tasks and notes, written where sales works. Every call has a
 * key of ours, so rows may come again in any batch; those of one person keep their order.
 */
import { groupBy } from '../../store/group-by.ts';
import type { Where } from '../../store/store.ts';
import {
  crmLinks,
  FINISHED,
  type LaneRow,
  laneRows,
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
import { ProviderUnavailable } from '../../activities/lanes/sender.ts';
import { triedInVain } from '../../activities/lanes/tried-in-vain.ts';
import { type Crm, CrmRefusal } from './crm.ts';
import { addLinks, keyThere } from './crm-merge.ts';
import type { CrmOp } from './crm-op.ts';
import { performCrmOp, type CrmWork } from './perform-crm-op.ts';

/** People at a time: a local CRM writes their changes together, a vendor's counts its calls. */
const PEOPLE_AT_ONCE = { local: 500, vendor: 8 };

/** So many people in a row for whom the CRM fails, and none for whom it does not: it is away. */
const MOST_IN_A_ROW = 3;

/**
 * A row that fails keeps those that follow for its person, and nobody else's: it is tried again, less and less
 * often, and set aside with them where others pass.
 */
export function crmLane(port: Crm): Lane {
  // By the world's clock; known to this process alone: a new one finds out again.
  let passedAt = -Infinity;
  const crm = paced(port);
  return {
    maxBatch: 500,
    // A row is several calls: they are paced one by one below.
    callsPerSecond: Infinity,
    gatherMs: UNHURRIED_MS,
    process: async (world, { rows }) => {
      const ids = [...new Set(rows.map(({ person }) => person))];
      const { people, links, held } = await world.store.transaction(async (tx) => ({
        people: new Map((await tx.find(everybody, { id: ids })).map((row) => [row.id, row])),
        links: new Map((await tx.find(crmLinks, { key: ids })).map((row) => [row.key, row])),
        held: groupBy(await tx.find(laneRows, { ...HELD, person: ids }), ({ person }) => person),
      }));
      const made: NewCrmLink[] = [];
      let failedInARow = 0;
      let interrupted: unknown;
      const atOnce = Number.isFinite(crm.callsPerSecond)
        ? PEOPLE_AT_ONCE.vendor
        : PEOPLE_AT_ONCE.local;
      const failed = (row: LaneRow, error: unknown): RowOutcome => {
        failedInARow += 1;
        if (isForAll(error) || failedInARow >= MOST_IN_A_ROW) interrupted ??= error;
        if (isForAll(error)) return unchanged(row);
        const isKnown = error instanceof ProviderUnavailable;
        const now = world.clock();
        const isAway = isKnown && passedAt <= (row.since ?? now);
        return triedInVain(row, { code: 'crm-unavailable', error, isAway, now });
      };
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
          let inFront: Pick<RowOutcome, 'status' | 'notBefore'> | undefined = held.get(id)?.[0];
          for (const row of own) {
            if (inFront !== undefined) answers.push(behind(row, inFront));
            else if (interrupted !== undefined) answers.push(unchanged(row));
            else if (work === undefined) answers.push(failedRow(row, 'unknown-person', null));
            else {
              const outcome = await attempt(work, row, (error) => failed(row, error));
              answers.push(outcome);
              if (FINISHED.includes(outcome.status)) [failedInARow, passedAt] = [0, world.clock()];
              else inFront = outcome;
            }
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
  };
}

/** Rows that those of the same person wait for. */
const HELD: Where<LaneRow> = { lane: 'crm', status: ['later', 'aside'] };

/** It says when it takes calls again: it is no row's fault. */
const isForAll = (error: unknown): boolean =>
  error instanceof ProviderUnavailable && (error.unsent || error.retryAfterMs !== undefined);

async function attempt(
  work: CrmWork,
  row: LaneRow,
  failed: (error: unknown) => RowOutcome,
): Promise<RowOutcome> {
  try {
    // Written by the effects as `crm-op.ts` says.
    await performCrmOp(work, row.payload as unknown as CrmOp, row.at);
    return doneRow(row);
  } catch (error) {
    return error instanceof CrmRefusal ? failedRow(row, error.code, error.message) : failed(error);
  }
}

/** Tried when the row in front of it is. */
const behind = (
  { key, attempts, since }: LaneRow,
  { status, notBefore }: Pick<RowOutcome, 'status' | 'notBefore'>,
): RowOutcome => ({
  key,
  status,
  notBefore: notBefore ?? null,
  code: 'behind-another',
  detail: null,
  attempts,
  since,
});

const unchanged = ({ key, attempts, since }: LaneRow): RowOutcome => ({
  key,
  status: 'waiting',
  code: 'crm-unavailable',
  detail: null,
  attempts,
  since,
});

function paced(crm: Crm): Crm {
  if (crm.callsPerSecond === Infinity) return crm;
  const mayCall = pacer(crm);
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
