/** Tells the cohorts whose people listen to what happened, through the `signals` lane. */
import type { Happening } from '../../dsl/condition.ts';
import { houseEvents } from '../../dsl/house-events.ts';
import type { JsonObject, Listens } from '../../dsl/plan.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Enrolment } from '../../store/rows.ts';
import type { NewLaneRow, Transaction } from '../../store/store.ts';
import type { HappenedItem } from '../../engine/cohort-item.ts';
import type { World } from '../world.ts';
import { itemKey } from './behaviour-item.ts';
import { changedProfile, type Moment } from './moment.ts';

/** @param begun keys of signals that would tell a run of the very event that it began with. */
export async function wakeRuns(
  world: World,
  tx: Transaction,
  moments: readonly Moment[],
  begun: ReadonlySet<string>,
): Promise<void> {
  const heard = moments.filter(({ row }) => !row.suspectedBot);
  if (heard.length === 0) return;
  const people = [...new Set(heard.map(({ row }) => row.person))];
  const runsOf = groupBy(await tx.enrolments({ people, status: 'live' }), ({ person }) => person);
  if (runsOf.size === 0) return;
  const rows = heard.flatMap((moment) =>
    (runsOf.get(moment.row.person) ?? [])
      .filter((run) => isFor(moment, run, world.plan(run.plan)?.listens))
      .map((run) => signal(moment, run))
      .filter(({ key }) => !begun.has(key)),
  );
  if (rows.length > 0) await tx.addLaneRows(rows);
}

function isFor(moment: Moment, run: Enrolment, listens: Listens | undefined): boolean {
  const { name, properties } = moment.row;
  if (name === houseEvents.handoffAnswered) return properties['run'] === run.id;
  if (moment.zone !== undefined || listens === undefined) return true;
  return (
    listens.events.includes(name) ||
    (listens.score && moment.score) ||
    (listens.profile && changedProfile(moment))
  );
}

function signal(moment: Moment, run: Enrolment): NewLaneRow {
  const { row, zone } = moment;
  const happening: Happening = {
    id: itemKey(row),
    name: row.name,
    at: row.at,
    ...(moment.score ? { score: true } : {}),
    ...(changedProfile(moment) ? { profile: true } : {}),
  };
  const news = newsOf(row.name, row.properties);
  const item = {
    type: 'happened',
    run: run.id,
    happening: { ...happening },
    ...(news === undefined ? {} : { news }),
    ...(zone === undefined ? {} : { zone }),
  } satisfies HappenedItem;
  return {
    lane: 'signals',
    key: `${itemKey(row)}/${run.id}`,
    cohort: run.cohort,
    person: row.person,
    at: row.at,
    payload: { journey: run.journey, item },
  };
}

function newsOf(name: string, { step, answer }: JsonObject) {
  if (name !== houseEvents.handoffAnswered) return undefined;
  return typeof step === 'string' && typeof answer === 'string'
    ? { step, what: answer }
    : undefined;
}
