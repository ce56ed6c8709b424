/** Wakes the cohorts whose people listen to what happened, through the `signals` lane. */
import type { Happening } from '../../dsl/condition.ts';
import type { Listens } from '../../dsl/plan.ts';
import { systemEvents } from '../../dsl/system-events.ts';
import type { HappenedItem } from '../../engine/items.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import type { NewRow } from '../../store/table.ts';
import {
  type Enrolment,
  enrolments,
  type EventRow,
  type LaneRow,
  laneRows,
} from '../../store/tables/index.ts';
import type { Context } from '../context.ts';
import { signalRow } from '../lanes/signals-lane.ts';
import { type Change, changedProfile } from './apply-items.ts';
import { itemKey, opaqueKey } from './behaviour-item.ts';

/** @param begun keys of signals for a run of the very event that it began with. */
export async function wakeRuns(
  { plan }: Pick<Context, 'plan'>,
  tx: Transaction,
  changes: readonly Change[],
  begun: ReadonlySet<string>,
): Promise<void> {
  // Whoever begins to exist with it has no run but those that it has just begun.
  const heard = changes.filter(({ row, isFirst }) => !row.suspectedBot && !isFirst);
  if (heard.length === 0) return;
  const people = [...new Set(heard.map(({ row }) => row.person))];
  const runs = await tx.find(enrolments, { person: people, status: UNDER_WAY });
  const runsOf = groupBy(runs, ({ person }) => person);
  const rows = heard.flatMap((change) =>
    (runsOf.get(change.row.person) ?? [])
      .filter((run) => isFor(change, plan(run.plan)?.listens))
      .map((run) => signal(change, run))
      .filter(({ key }) => !begun.has(key)),
  );
  if (rows.length > 0) await tx.add(laneRows, rows);
}

function isFor(change: Change, listens: Listens | undefined): boolean {
  if (change.zone !== undefined || listens === undefined) return true;
  return (
    listens.events.includes(change.row.name) ||
    (listens.score && change.score) ||
    (listens.profile && changedProfile(change))
  );
}

function signal(change: Change, run: Enrolment): NewRow<LaneRow> {
  const { row, zone } = change;
  const happening: Happening = {
    id: opaqueKey(row),
    name: row.name,
    at: row.at,
    ...(change.score ? { score: true } : {}),
    ...(changedProfile(change) ? { profile: true } : {}),
  };
  const news = newsOf(row, run.id);
  const item: HappenedItem = {
    type: 'happened',
    run: run.id,
    happening,
    ...(news === undefined ? {} : { news }),
    ...(zone === undefined ? {} : { zone }),
  };
  return signalRow(
    `${itemKey(row)}/${run.id}`,
    { journey: run.journey, item },
    { ...run, at: row.at },
  );
}

/** The answer of sales that a handoff of the run waits for, where this is one. */
export function newsFor(row: EventRow, run: string): HappenedItem | undefined {
  const news = newsOf(row, run);
  const { name, at } = row;
  return news && { type: 'happened', run, happening: { id: opaqueKey(row), name, at }, news };
}

/** Sales answered a handoff of this very run. */
function newsOf({ name, properties }: EventRow, run: string): HappenedItem['news'] {
  const { step, answer } = properties;
  if (name !== systemEvents.handoffAnswered || properties['run'] !== run) return undefined;
  return typeof step === 'string' && typeof answer === 'string'
    ? { step, what: answer }
    : undefined;
}
