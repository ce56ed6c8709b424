/** What has to be so once the faults have stopped and nobody has anything to do. */
import type { BehaviourItem } from '../../activities/behaviour/behaviour-item.ts';
import { normaliseName } from '../../dsl/behaviour.ts';
import { DAY_MS } from '../../dsl/duration.ts';
import { isUnderWay } from '../../engine/run.ts';
import type { Store } from '../../store/store.ts';
import {
  decisions,
  enrolments,
  events,
  identities,
  laneRows,
  type Message,
  messages,
  OPEN,
  people as everybody,
  REACHED_NOBODY,
} from '../../store/tables/index.ts';
import { groupBy } from '../../store/group-by.ts';
import { scoreLead } from '../../dsl/scoring/score-lead.ts';
import type { Project } from '../../dsl/project.ts';
import { userOf } from './crowd.ts';
import { HALF_LIFE_DAYS, POINTS } from './project-of.ts';
import type { Scenario } from './scenario.ts';
import type { SimulatedEngine } from './simulated-engine.ts';
import type { Objecting } from './violation.ts';
import type { Watch } from './watch.ts';

export interface FinalParts {
  readonly scenario: Scenario;
  readonly project: Project;
  readonly store: Store;
  readonly engine: SimulatedEngine;
  readonly watch: Watch;
  readonly object: Objecting;
}

type Rows = Awaited<ReturnType<typeof readAll>>;

export async function checkInTheEnd(parts: FinalParts): Promise<void> {
  const rows = await readAll(parts.store);
  everybodyArrives(parts, rows);
  nothingIsLost(parts, rows);
  capsHold(parts, rows);
  windowsHold(parts, rows);
  eventsCountOnce(parts, rows);
  scoresAreRight(parts, rows);
}

const readAll = (store: Store) =>
  store.transaction(async (tx) => ({
    runs: await tx.find(enrolments, {}),
    decisions: await tx.find(decisions, {}),
    messages: await tx.find(messages, {}),
    lanes: await tx.find(laneRows, { status: OPEN }),
    events: await tx.find(events, {}),
    identities: await tx.find(identities, {}),
    people: await tx.find(everybody, {}),
  }));

function everybodyArrives({ engine, object }: FinalParts, { runs, lanes }: Rows): void {
  for (const { id, status, step, error } of runs)
    if (isUnderWay(status)) object('arrives', `run ${id} is ${status} at ${step}: ${error}`);
  for (const { lane, key, status, code } of lanes)
    object('arrives', `${lane} row ${key} is ${status} (${code})`);
  for (const { id } of engine.allRunning) object('arrives', `workflow ${id} goes on for nobody`);
}

function nothingIsLost({ watch, object }: FinalParts, rows: Rows): void {
  const known = new Map(rows.messages.map((row) => [row.key, row]));
  for (const row of rows.messages.filter(({ channel }) => channel === 'email')) {
    const count = watch.deliveries(row.key);
    if (row.status === 'sent' && count === 0) object('none-lost', `${row.key} was never delivered`);
    if (REACHED_NOBODY.includes(row.status) && count > 0)
      object('none-lost', `${row.key} is ${row.status} and was delivered`);
  }
  for (const key of watch.allDelivered)
    if (!known.has(key)) object('none-lost', `${key} was delivered and is not known`);
  const sends = rows.decisions.filter(
    ({ verdict, what }) => verdict === 'send' && what.startsWith('email'),
  );
  const ofStep = groupBy(sends, ({ run, step }) => `${run}/${step}`);
  const messageOf = groupBy(
    rows.messages.filter(({ channel }) => channel === 'email'),
    ({ run, step }) => `${run}/${step}`,
  );
  for (const [place, own] of ofStep) {
    if ((messageOf.get(place)?.length ?? 0) !== 1)
      object('none-lost', `${place}: let through, and no message`);
    if (own.length > 1) object('sent-once', `${place} was let through ${own.length} times`);
  }
  for (const place of messageOf.keys())
    if (!ofStep.has(place)) object('gate', `${place} has a message and was never let through`);
}

/** Of one person who was never anybody else. */
function capsHold({ scenario, object }: FinalParts, rows: Rows): void {
  const { cap } = scenario.settings;
  if (cap === undefined || scenario.people.some(({ anonymousFirst }) => anonymousFirst)) return;
  const counts = ({ channel, class: kind, status }: Message) =>
    channel === 'email' && kind === 'marketing' && !REACHED_NOBODY.includes(status);
  for (const [person, own] of groupBy(rows.messages.filter(counts), (row) => row.person)) {
    const instants = own.map(({ at }) => at).sort((a, b) => a - b);
    for (const [i, at] of instants.entries()) {
      const within = instants.slice(0, i + 1).filter((each) => each >= at - cap.days * DAY_MS);
      if (within.length > cap.atMost)
        object('caps', `${person} was sent ${within.length} of ${cap.atMost} by ${at}`);
    }
  }
}

/** By a calendar that is not ours. A zone that was ever theirs will do. */
function windowsHold({ scenario, object }: FinalParts, rows: Rows): void {
  const windows = new Map(scenario.journeys.map(({ id, window }) => [id, window]));
  const zones = new Set([
    'UTC',
    ...scenario.people.map(({ zone }) => zone),
    ...scenario.happenings.flatMap(({ does }) =>
      'says' in does && does.says === 'zone' ? [does.zone] : [],
    ),
  ]);
  for (const { journey, at, key, channel } of rows.messages) {
    const window = windows.get(journey);
    if (window === undefined || channel !== 'email') continue;
    if (![...zones].some((zone) => isOpen(window, at, zone)))
      object('windows', `${key} was let through at ${new Date(at).toISOString()}`);
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function isOpen(
  { days, from, to }: NonNullable<Scenario['journeys'][number]['window']>,
  at: number,
  zone: string,
): boolean {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  const time = `${parts['hour']}:${parts['minute']}`;
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts['weekday'] ?? '') + 1;
  if (from < to) return days.includes(day) && time >= from && time < to;
  const before = day === 1 ? 7 : day - 1;
  return (days.includes(day) && time >= from) || (days.includes(before) && time < to);
}

function eventsCountOnce({ watch, object }: FinalParts, rows: Rows): void {
  const stored = groupBy(rows.events, ({ source, id }) => `${source}/${id}`);
  for (const [key, item] of watch.acknowledged) {
    const [row, ...others] = stored.get(key) ?? [];
    if (row === undefined) object('events-once', `${key} was acknowledged and is not there`);
    else if (others.length > 0) object('events-once', `${key} is there twice`);
    else if (row.at !== item.at) object('events-once', `${key} happened at another instant`);
  }
}

/** Points that halve, summed by hand. */
function scoresAreRight({ scenario, project, watch, object }: FinalParts, rows: Rows): void {
  const { scoring } = project.config;
  if (scoring === undefined) return;
  const at = Math.max(0, ...rows.events.map((row) => row.at)) + DAY_MS;
  for (const [who] of scenario.people.entries()) {
    const person = rows.identities.find(
      ({ kind, value }) => kind === 'user' && value === userOf(who),
    )?.person;
    if (person === undefined) continue;
    const own = rows.events.filter((row) => row.person === person);
    const profile = rows.people.find(({ id }) => id === person)?.profile ?? {};
    const { total } = scoreLead(scoring, { profile, behaviour: own }, at);
    let expected = 0;
    for (const item of watch.acknowledged.values()) {
      if (item.type !== 'track' || !isOf(item, who)) continue;
      const points = POINTS[normaliseName(item.name) as keyof typeof POINTS] ?? 0;
      expected += points * 0.5 ** ((at - item.at) / (HALF_LIFE_DAYS * DAY_MS));
    }
    if (Math.abs(total - expected) > 0.01)
      object('score', `person ${who} has ${total} instead of ${expected.toFixed(4)}`);
  }
}

const isOf = (item: BehaviourItem, who: number): boolean =>
  item.person === undefined &&
  (item.userId === userOf(who) || item.anonymousId === `visitor-${who}`);
