/** What has to be so in the end, whatever was killed, stopped and cut off on the way. */
import { claimedAt } from '../../activities/lanes/batch-key.ts';
import { messageTag } from '../../channels/email/message-tag.ts';
import { isUnderWay } from '../../engine/run.ts';
import { groupBy } from '../../store/group-by.ts';
import { type Message, REACHED_NOBODY } from '../../store/tables/index.ts';
import type { Objecting } from '../simulation/violation.ts';
import type { Outcome } from './outcome.ts';
import { CAP, LONG_WAIT } from './project.ts';
import type { Report } from './reporter.ts';

export interface Told {
  readonly acknowledged: ReadonlyMap<string, { readonly report: Report; readonly at: number }>;
  /** By address: when it was known to be recorded that they left. */
  readonly left: ReadonlyMap<string, number>;
  /** Sales' answers by run and step. */
  readonly answered: ReadonlyMap<string, string>;
}

export function check(outcome: Outcome, told: Told, object: Objecting): void {
  everybodyArrives(outcome, object);
  eventsCountOnce(outcome, told, object);
  entriesLead(outcome, told, object);
  eachMessageOnce(outcome, object);
  decisionsOnce(outcome, object);
  nobodyWhoLeft(outcome, told, object);
  capsHold(outcome, object);
  salesHears(outcome, told, object);
  temporalAgrees(outcome, object);
}

function everybodyArrives({ runs, lanes }: Outcome, object: Objecting): void {
  for (const { id, journey, status, step, error } of runs)
    if (isUnderWay(status) && (step !== LONG_WAIT || status === 'parked'))
      object('arrives', `run ${id} of ${journey} is ${status} at ${step}: ${error}`);
  for (const { lane, key, status, code, detail } of lanes)
    object('arrives', `${lane} row ${key} is ${status}: ${code} ${detail}`);
}

function eventsCountOnce({ events }: Outcome, { acknowledged }: Told, object: Objecting): void {
  const stored = groupBy(
    events.filter(({ source }) => source === 'http'),
    ({ id }) => id,
  );
  for (const [id, { report }] of acknowledged) {
    if (report.type === 'identify') continue;
    const own = stored.get(id) ?? [];
    if (own.length !== 1)
      object('events-once', `${id} was acknowledged and is there ${own.length} times`);
    if (own.some(({ at }) => at !== Date.parse(report.timestamp)))
      object('events-once', `${id} happened at another instant than was said`);
  }
  for (const id of stored.keys())
    if (!acknowledged.has(id) && !id.endsWith('-who'))
      object('events-once', `${id} is there and was never told`);
}

/** Whoever began a trial is in it, once; whoever joined a webinar has entered or was refused with a reason. */
function entriesLead(
  { runs, decisions }: Outcome,
  { acknowledged }: Told,
  object: Objecting,
): void {
  const told = [...acknowledged.values()].map(({ report }) => report);
  const trials = told.filter(({ event }) => event === 'Trial Started').length;
  const inTrial = runs.filter(({ journey }) => journey === 'trial');
  if (inTrial.length !== trials)
    object('enters-once', `${trials} began a trial, and ${inTrial.length} are in it`);
  const joined = told.filter(({ event }) => event === 'Webinar Joined').length;
  const verdicts = decisions.filter(
    ({ journey, verdict }) =>
      journey === 'webinar' && (verdict === 'enter' || verdict === 'refuse'),
  );
  if (verdicts.length !== joined)
    object('enters-once', `${joined} joined webinars, and ${verdicts.length} entries were decided`);
  const enters = decisions.filter(({ verdict }) => verdict === 'enter').length;
  const ends = decisions.filter(({ verdict }) => verdict === 'end').length;
  const over = runs.filter(({ status }) => !isUnderWay(status)).length;
  if (enters !== runs.length) object('enters-once', `${runs.length} runs, ${enters} entries`);
  if (ends !== over) object('ends-once', `${over} runs are over, ${ends} ends in the ledger`);
}

/** What the provider has accepted, and what the store says of it. */
function eachMessageOnce({ accepted, messages, events }: Outcome, object: Objecting): void {
  const emails = accepted.flatMap((call) =>
    call.emails.map((email) => ({ ...email, call: call.key })),
  );
  const delivered = groupBy(emails, ({ tags }) => tags['message'] ?? '');
  const keyOf = new Map(messages.map((row) => [messageTag(row.key) ?? '', row]));
  for (const [tag, own] of delivered) {
    const key = keyOf.get(tag)?.key ?? tag;
    if (own.length > 1)
      object(
        'sent-once',
        `${key} has left ${own.length} times, as ${own.map(({ call }) => call).join(' and ')}`,
      );
    if (!keyOf.has(tag)) object('none-lost', `${key} was delivered and is not known`);
  }
  const said = groupBy(
    events.filter(({ name }) => name === 'email sent' || name === 'email failed'),
    ({ properties: { message } }) => (typeof message === 'string' ? message : ''),
  );
  for (const row of messages) {
    const count = delivered.get(messageTag(row.key) ?? '')?.length ?? 0;
    const problem = problemOf(row, count);
    if (problem !== undefined)
      object('none-lost', `${row.key} is ${row.status} (${row.code}) ${problem}`);
    const told = said.get(row.key)?.length ?? 0;
    // What is sent is in a history only where somebody's journey listens to it.
    const isFailed = row.status === 'refused' || row.status === 'unknown';
    const [least, most] = isFailed ? [1, 1] : [0, row.status === 'sent' ? 1 : 0];
    if ((told < least || told > most) && row.status !== 'waiting')
      object(
        'none-lost',
        `${row.key} is ${row.status} and its person's history says so ${told} times`,
      );
  }
}

/** Nothing lasts as long as the provider remembers a call, so there is no reason for what is unknown. */
function problemOf({ status }: Message, count: number): string | undefined {
  if (status === 'waiting') return 'and never left';
  if (status === 'unknown') return 'without a reason';
  if (status === 'sent' && count === 0) return 'and was never delivered';
  if (REACHED_NOBODY.includes(status) && count > 0) return 'and was delivered';
  return undefined;
}

function decisionsOnce({ decisions, messages, runs }: Outcome, object: Objecting): void {
  const sends = decisions.filter(
    ({ verdict, what }) => verdict === 'send' && what.startsWith('email'),
  );
  const place = ({ run, step }: { readonly run: string; readonly step: string }) =>
    `${run}/${step}`;
  const messagesAt = groupBy(messages, place);
  const sendsAt = groupBy(sends, place);
  for (const [at, own] of sendsAt) {
    if (own.length > 1) object('sent-once', `${at} was let through ${own.length} times`);
    const count = messagesAt.get(at)?.length ?? 0;
    if (count !== 1) object('none-lost', `${at} was let through and has ${count} messages`);
  }
  for (const at of messagesAt.keys())
    if (!sendsAt.has(at)) object('gate', `${at} has a message and was never let through`);
  const touched = new Set(
    decisions.filter(({ what }) => what === 'email trial-intro').map(({ run }) => run),
  );
  for (const { id, journey, status } of runs)
    if (journey === 'trial' && status === 'completed' && !touched.has(id))
      object('none-lost', `run ${id} is over and never came to its first e-mail`);
}

/** A batch that was claimed before may still go out as it was; what is claimed later may not. */
function nobodyWhoLeft({ accepted }: Outcome, { left }: Told, object: Objecting): void {
  for (const { key = '', emails } of accepted)
    for (const { to, headers, tags } of emails) {
      const isMarketing = Object.keys(headers).some((name) => /^list-unsubscribe$/i.test(name));
      const leftAt = Math.min(...to.map((address) => left.get(address) ?? Infinity));
      if (isMarketing && claimedAt(key) > leftAt)
        object(
          'respects-no',
          `${tags['template']} of run ${tags['run']} was claimed ${claimedAt(key) - leftAt} ms after they left`,
        );
    }
}

function capsHold({ messages }: Outcome, object: Objecting): void {
  const counts = messages.filter(
    ({ class: kind, status }) => kind === 'marketing' && !REACHED_NOBODY.includes(status),
  );
  for (const [person, own] of groupBy(counts, (row) => row.person)) {
    const instants = own.map(({ at }) => at).toSorted((a, b) => a - b);
    for (const [i, at] of instants.entries()) {
      const within = instants.slice(0, i + 1).filter((each) => each > at - CAP.perMs);
      if (within.length > CAP.atMost)
        object('caps', `${person} was sent ${within.length} of ${CAP.atMost} by ${at}`);
    }
  }
}

function salesHears(
  { decisions, tasks, events }: Outcome,
  { answered }: Told,
  object: Objecting,
): void {
  const given = decisions
    .filter(({ what }) => what.startsWith('handoff'))
    .filter(({ verdict }) => verdict === 'done');
  const tasksAt = groupBy(
    tasks.flatMap(({ handoff, kind }) => (handoff && kind === 'handoff' ? [handoff] : [])),
    ({ run, step }) => `${run}/${step}`,
  );
  for (const { run, step } of given)
    if (!tasksAt.has(`${run}/${step}`)) object('handoff', `${run}/${step}: no task for sales`);
  for (const at of tasksAt.keys())
    if (!given.some(({ run, step }) => `${run}/${step}` === at))
      object('handoff', `${at}: a task, and no decision`);
  const heard = groupBy(
    events.filter(({ source }) => source === 'sales'),
    ({ id }) => id,
  );
  for (const [at, answer] of answered) {
    const own = heard.get(at) ?? [];
    if (own.length !== 1 || own[0]?.properties['answer'] !== answer)
      object('handoff', `${at}: sales' answer ${answer} is there ${own.length} times`);
  }
}

function temporalAgrees({ runs, running, broken }: Outcome, object: Objecting): void {
  for (const each of broken) object('temporal', `workflow ${each}`);
  const carried = new Set(
    runs.filter(({ status }) => isUnderWay(status)).map(({ cohort }) => cohort),
  );
  const runningIds = new Set(running);
  for (const cohort of carried)
    if (!runningIds.has(cohort)) object('temporal', `${cohort} has people and does not run`);
  for (const cohort of runningIds)
    if (!carried.has(cohort)) object('temporal', `${cohort} runs for nobody`);
}
