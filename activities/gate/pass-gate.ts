/** Gathers what the gate looks at, for many people in a few reads, and asks it for each. */
import { holds } from '../../dsl/conditions/index.ts';
import type { FrequencyCap } from '../../dsl/config.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { End } from '../../engine/run.ts';
import { listensSinceEntry } from '../../engine/situation.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { suppressions } from '../../store/tables/index.ts';
import { spreadOf } from '../cohort-settings.ts';
import type { Context } from '../context.ts';
import type { EffectItem, Touch } from '../effect-kind.ts';
import { consentsOf } from './consents-of.ts';
import { type BrokenCap, gate, type GateAnswer } from './gate.ts';

type Item = EffectItem;

/** Answers in the order of `items`, which all have one kind of effect. */
export async function passGate(
  { project }: Pick<Context, 'project'>,
  tx: Transaction,
  items: readonly Item[],
  touch: Touch<Item['effect']>,
): Promise<readonly GateAnswer[]> {
  const { config } = project;
  const people = [...new Set(items.map(({ person }) => person.id))];
  const suppressed = groupBy(await tx.find(suppressions, { person: people }), (row) => row.person);
  const consentOf = await consentsOf(tx, people);
  const room = await roomUnderCaps(config.caps ?? [], tx, items, touch);
  const holidays = new Set(config.holidays ?? []);
  const applies = (channel: string | null): boolean =>
    channel === null || channel === touch.channel;
  const answers = new Map<Item, GateAnswer>();
  // One after the other, by instant: what is let through uses up the caps of who comes after.
  for (const item of items.toSorted((one, other) => one.at - other.at)) {
    const { run, plan, person, at } = item;
    const message = touch.message(item.effect);
    const rows = suppressed.get(person.id) ?? [];
    const answer = gate(message, {
      at,
      lead: run.lead,
      zone: run.zone,
      over: overBy(item),
      address: touch.addressOf(person.profile),
      noAddress: touch.noAddress,
      lacks: touch.lacks?.(item.effect, { profile: person.profile, journey: plan.id }, project),
      suppressed: rows.find(({ channel }) => applies(channel))?.reason,
      consent: message.topic === null ? undefined : consentOf(person.id, message.topic),
      consentMode: config.topics?.[message.topic ?? '']?.consent ?? 'opt-in',
      brokenCap: room.broken(item),
      window: plan.rules.sendWindow,
      holidays,
      spreadMs: spreadOf(project),
      isHurried: run.leapt === true,
    });
    if (answer.verdict === 'send') room.use(item);
    answers.set(item, answer);
  }
  // Each has just been given one.
  return items.map((item) => answers.get(item) as GateAnswer);
}

/** Exit and goal that hold at this very instant: the news of them may still be on its way. */
function overBy({ plan: { rules }, facts, run }: Item): End | undefined {
  const isMet = (end: 'exit' | 'goal'): boolean => {
    const condition = rules[end];
    return condition !== undefined && holds(condition, facts, listensSinceEntry(run)).holds;
  };
  return isMet('exit') ? 'exit' : isMet('goal') ? 'goal' : undefined;
}

interface LetThrough {
  readonly count: number;
  readonly oldest: Instant;
}

/** What the caps leave room for: messages count that were let through, at the instants at which they were. */
async function roomUnderCaps(
  caps: readonly FrequencyCap[],
  tx: Transaction,
  items: readonly Item[],
  touch: Touch<Item['effect']>,
): Promise<{
  readonly broken: (item: Item) => BrokenCap | undefined;
  readonly use: (item: Item) => void;
}> {
  const isFor = (cap: FrequencyCap, item: Item): boolean =>
    touch.message(item.effect).class === cap.class;
  const known = await Promise.all(
    caps
      .filter(({ channel }) => channel === touch.channel)
      .map(async (cap) => ({
        cap,
        before: await countBefore(
          cap,
          tx,
          items.filter((item) => isFor(cap, item)),
        ),
      })),
  );
  const used = new Map<string, Item[]>();
  return {
    use: (item) => void used.set(item.person.id, [...(used.get(item.person.id) ?? []), item]),
    broken(item) {
      const own = used.get(item.person.id) ?? [];
      for (const { cap, before } of known.filter((each) => isFor(each.cap, item))) {
        const now = own.filter((other) => isFor(cap, other) && other.at >= item.at - cap.per.ms);
        const row = before(item);
        if ((row?.count ?? 0) + now.length < cap.atMost) continue;
        const oldest = row?.oldest ?? now[0]?.at ?? item.at;
        // When the oldest message that fills the cap leaves its span.
        const room = Math.max(oldest + cap.per.ms + 1, item.at + 1);
        return { outcome: cap.outcome, room };
      }
      return undefined;
    },
  };
}

/** What the store knows, in one query for each instant. */
async function countBefore(
  { channel, class: messageClass, per }: FrequencyCap,
  tx: Transaction,
  items: readonly Item[],
): Promise<(item: Item) => LetThrough | undefined> {
  const counts = new Map<Item, LetThrough>();
  for (const [at, group] of groupBy(items, (item) => item.at)) {
    const people = [...new Set(group.map(({ person }) => person.id))];
    const rows = await tx.countMessages(people, channel, messageClass, at - per.ms);
    const rowOf = new Map(rows.map((row) => [row.person, row]));
    for (const item of group) {
      const row = rowOf.get(item.person.id);
      if (row !== undefined) counts.set(item, row);
    }
  }
  return (item) => counts.get(item);
}
