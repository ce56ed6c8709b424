/**
 * The `crm` lane: leads, owners, stages, tasks and notes, written where sales works. Every call has a
 * key of ours, so rows may come again in any batch; those of one person keep their order.
 */
import { groupBy } from '../../store/group-by.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Transaction } from '../../store/store.ts';
import {
  type CrmLink,
  crmLinks,
  FINISHED,
  type LaneRow,
  laneRows,
  type NewCrmLink,
  people as everybody,
  type Person,
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
  const crm = paced(port);
  const atOnce = crm.callsPerSecond === Infinity ? PEOPLE_AT_ONCE.local : PEOPLE_AT_ONCE.vendor;
  // As far as this process knows: a new one finds out again.
  const passed: Passed = { at: -Infinity };
  return {
    maxBatch: 500,
    // A row is several calls: they are paced one by one below.
    callsPerSecond: Infinity,
    gatherMs: UNHURRIED_MS,
    process: async (world, { rows }) => {
      const ids = [...new Set(rows.map(({ person }) => person))];
      const known = await world.store.transaction((tx) => knownOf(tx, ids));
      const made: NewCrmLink[] = [];
      const of = { project: world.project, crm, link: (link: NewCrmLink) => void made.push(link) };
      const attempts = new Attempts(passed, () => world.clock());
      const outcomes = await atMost(
        atOnce,
        [...groupBy(rows, (row) => row.person)],
        async ([id, own]) => {
          const work = workOf(id, known, of);
          const held = known.held.get(id) ?? [];
          let inFront: InFront | undefined;
          const outcomesOfPerson: RowOutcome[] = [];
          for (const row of own) {
            inFront ??= held.find((each) => isInFrontOf(each, row, world.clock()));
            const outcome = inFront ? behind(row, inFront) : await attempts.make(row, work);
            if (!FINISHED.includes(outcome.status)) inFront ??= outcome;
            outcomesOfPerson.push(outcome);
          }
          return outcomesOfPerson;
        },
      );
      const { interrupted } = attempts;
      return {
        outcomes: outcomes.flat(),
        record: (tx) => addLinks(tx, made, world.clock()),
        ...(interrupted === undefined ? {} : { interrupted }),
      };
    },
  };
}

/** A row that those of its person wait for. */
type InFront = Pick<RowOutcome, 'status' | 'notBefore'>;

interface Known {
  readonly people: ReadonlyMap<string, Person>;
  readonly links: ReadonlyMap<string, CrmLink>;
  /** Rows that were put off or set aside, by person. */
  readonly held: ReadonlyMap<string, readonly LaneRow[]>;
}

async function knownOf(tx: Transaction, ids: readonly string[]): Promise<Known> {
  const people = await tx.find(everybody, { id: ids });
  const links = await tx.find(crmLinks, { key: ids });
  const held = await tx.find(laneRows, { lane: 'crm', person: ids, status: ['later', 'aside'] });
  return {
    people: new Map(people.map((row) => [row.id, row])),
    links: new Map(links.map((row) => [row.key, row])),
    held: groupBy(held, (row) => row.person),
  };
}

/** Of one instant those stand in order that are due: they come to the lane as they came at first. */
const isInFrontOf = ({ at, status, notBefore }: LaneRow, row: LaneRow, now: Instant): boolean =>
  at < row.at || (at === row.at && (status === 'aside' || (notBefore ?? 0) > now));

function workOf(
  id: string,
  { people, links }: Known,
  of: Pick<CrmWork, 'project' | 'crm' | 'link'>,
): CrmWork | undefined {
  const person = people.get(id);
  const link = links.get(id);
  const key = link === undefined ? id : keyThere(link);
  return person && { ...of, key, person, leadId: link?.externalId };
}

/** When the CRM last took something. */
interface Passed {
  at: Instant;
}

/** Those of one batch: where nobody passes any more, the rest is left for later. */
class Attempts {
  /** Why the rest was left. */
  interrupted: unknown;
  private failedInARow = 0;
  private readonly passed: Passed;
  private readonly now: () => Instant;

  constructor(passed: Passed, now: () => Instant) {
    this.passed = passed;
    this.now = now;
  }

  async make(row: LaneRow, work: CrmWork | undefined): Promise<RowOutcome> {
    if (this.interrupted !== undefined) return unchanged(row);
    if (work === undefined) return failedRow(row, 'unknown-person', null);
    try {
      // Written by the effects as `crm-op.ts` says.
      await performCrmOp(work, row.payload as unknown as CrmOp, row.at);
      this.pass();
      return doneRow(row);
    } catch (error) {
      if (!(error instanceof CrmRefusal)) return this.fail(row, error);
      this.pass();
      return failedRow(row, error.code, error.message);
    }
  }

  private pass(): void {
    this.failedInARow = 0;
    this.passed.at = this.now();
  }

  private fail(row: LaneRow, error: unknown): RowOutcome {
    this.failedInARow += 1;
    const isBusy = error instanceof ProviderUnavailable && saysWhen(error);
    if (isBusy || this.failedInARow >= MOST_IN_A_ROW) this.interrupted ??= error;
    if (isBusy) return unchanged(row);
    const now = this.now();
    const isAway = error instanceof ProviderUnavailable && this.passed.at <= (row.since ?? now);
    return triedInVain(row, { code: 'crm-unavailable', error, isAway, now });
  }
}

/** It takes nobody's calls until then: that is no row's fault. */
const saysWhen = ({ unsent, retryAfterMs }: ProviderUnavailable): boolean =>
  unsent || retryAfterMs !== undefined;

/** Tried when the row in front of it is. */
const behind = ({ key, attempts, since }: LaneRow, { status, notBefore }: InFront): RowOutcome => ({
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
