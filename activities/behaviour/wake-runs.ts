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
  events,
  type EventRow,
  type LaneRow,
  laneRows,
} from '../../store/tables/index.ts';
import type { Context } from '../context.ts';
import { signalRow } from '../lanes/signals-lane.ts';
import { type Change, changedProfile } from './apply-items.ts';
import { itemKey, opaqueKey } from './behaviour-item.ts';
import { mergedRuns } from './merged-runs.ts';

/** @param begun keys of signals for a run of the very event that it began with. */
export async function wakeRuns(
  { plan }: Pick<Context, 'plan'>,
  tx: Transaction,
  changes: readonly Change[],
  begun: ReadonlySet<string>,
): Promise<void> {
  // Whoever begins to exist with it has no run but those that it has just begun.
  const heard = changes.filter(
    ({ row, isFirst, merged }) => (merged === true || !row.suspectedBot) && !isFirst,
  );
  if (heard.length === 0) return;
  const people = [...new Set(heard.map(({ row }) => row.person))];
  const runs = await tx.find(enrolments, { person: people, status: UNDER_WAY });
  const runsOf = groupBy(runs, ({ person }) => person);
  const goesOnFor = await mergedRuns(tx, heard.some(mayAnswer) ? runs : []);
  const rows = heard.flatMap((change) =>
    (runsOf.get(change.row.person) ?? [])
      .filter((run) => isFor(change, plan(run.plan)?.listens))
      .map((run) => signal(change, run, newsOf(change.row, goesOnFor(run.id))))
      .filter(({ key }) => !begun.has(key)),
  );
  const merged = heard.filter((change) => change.merged === true);
  const before = await answeredBefore(tx, merged, runsOf);
  if (rows.length + before.length > 0) await tx.add(laneRows, [...rows, ...before]);
}

/** What sales has answered to somebody is news to the runs that go on for theirs. */
async function answeredBefore(
  tx: Transaction,
  merged: readonly Change[],
  runsOf: ReadonlyMap<string, readonly Enrolment[]>,
): Promise<readonly NewRow<LaneRow>[]> {
  if (merged.length === 0) return [];
  const person = merged.map(({ row }) => row.person);
  const answers = groupBy(
    await tx.find(events, { person, name: systemEvents.handoffAnswered }),
    (row) => row.person,
  );
  const goesOnFor = await mergedRuns(tx, [...runsOf.values()].flat());
  return merged.flatMap((change) =>
    (runsOf.get(change.row.person) ?? []).flatMap((run) =>
      (answers.get(change.row.person) ?? []).flatMap((answer) => {
        const news = newsOf(answer, goesOnFor(run.id));
        return news === undefined || answer.properties['run'] === run.id
          ? []
          : signal(change, run, news, `/${itemKey(answer)}`);
      }),
    ),
  );
}

const mayAnswer = ({ row }: Change): boolean => row.name === systemEvents.handoffAnswered;

function isFor(change: Change, listens: Listens | undefined): boolean {
  if (change.merged === true || change.zone !== undefined || listens === undefined) return true;
  return (
    listens.events.includes(change.row.name) ||
    (listens.score && change.score) ||
    (listens.profile && changedProfile(change))
  );
}

function signal(
  change: Change,
  run: Enrolment,
  news: HappenedItem['news'],
  also = '',
): NewRow<LaneRow> {
  const { row, zone, merged } = change;
  const happening: Happening = {
    id: opaqueKey(row),
    name: row.name,
    at: row.at,
    ...(change.score ? { score: true } : {}),
    ...(changedProfile(change) ? { profile: true } : {}),
    ...(merged === true ? { past: true } : {}),
  };
  const item: HappenedItem = {
    type: 'happened',
    run: run.id,
    happening,
    ...(news === undefined ? {} : { news }),
    ...(zone === undefined ? {} : { zone }),
  };
  return signalRow(
    `${itemKey(row)}/${run.id}${also}`,
    { journey: run.journey, item },
    { ...run, at: row.at },
  );
}

/**
 * The answer of sales that a handoff of the run waits for, where this is one.
 *
 * @param of the run itself, and those that it goes on for.
 */
export function newsFor(
  row: EventRow,
  run: string,
  of: ReadonlySet<string>,
): HappenedItem | undefined {
  const news = newsOf(row, of);
  const { name, at } = row;
  return news && { type: 'happened', run, happening: { id: opaqueKey(row), name, at }, news };
}

/** Sales answered a handoff of one of these runs. */
function newsOf({ name, properties }: EventRow, of: ReadonlySet<string>): HappenedItem['news'] {
  const { run, step, answer } = properties;
  if (name !== systemEvents.handoffAnswered || typeof run !== 'string' || !of.has(run))
    return undefined;
  return typeof step === 'string' && typeof answer === 'string'
    ? { step, what: answer }
    : undefined;
}
