/** Gathers what the gate looks at, for many people in a few reads, and asks it for each. */
import { holds } from '../../dsl/conditions/index.ts';
import type { FrequencyCap } from '../../dsl/config.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { End } from '../../engine/run.ts';
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
  const caps = await brokenCaps(config.caps ?? [], tx, items, touch);
  const holidays = new Set(config.holidays ?? []);
  const applies = (channel: string | null): boolean =>
    channel === null || channel === touch.channel;
  return items.map((item) => {
    const { run, plan, person, at } = item;
    const message = touch.message(item.effect);
    const rows = suppressed.get(person.id) ?? [];
    return gate(message, {
      at,
      lead: run.lead,
      zone: run.zone,
      over: overBy(item),
      address: touch.addressOf(person.profile),
      noAddress: touch.noAddress,
      suppressed: rows.find(({ channel }) => applies(channel))?.reason,
      consent: message.topic === null ? undefined : consentOf(person.id, message.topic),
      consentMode: config.topics?.[message.topic ?? '']?.consent ?? 'opt-in',
      brokenCap: caps.get(item),
      window: plan.rules.sendWindow,
      holidays,
      spreadMs: spreadOf(project),
    });
  });
}

/** Exit and goal that hold at this very instant: the news of them may still be on its way. */
function overBy({ plan: { rules }, facts, run }: Item): End | undefined {
  const isMet = (end: 'exit' | 'goal'): boolean => {
    const condition = rules[end];
    return condition !== undefined && holds(condition, facts, run.entered).holds;
  };
  return isMet('exit') ? 'exit' : isMet('goal') ? 'goal' : undefined;
}

/** The first cap that each item would break. Two of one person in one batch count one after the other. */
async function brokenCaps(
  caps: readonly FrequencyCap[],
  tx: Transaction,
  items: readonly Item[],
  touch: Touch<Item['effect']>,
): Promise<ReadonlyMap<Item, BrokenCap>> {
  const broken = new Map<Item, BrokenCap>();
  for (const cap of caps.filter(({ channel }) => channel === touch.channel)) {
    const capped = items.filter(
      (item) => !broken.has(item) && touch.message(item.effect).class === cap.class,
    );
    for (const [at, group] of groupBy(capped, (item) => item.at)) {
      const people = [...new Set(group.map(({ person }) => person.id))];
      const counts = new Map(
        (await tx.countMessages(people, cap.channel, cap.class, at - cap.per.ms)).map((row) => [
          row.person,
          row,
        ]),
      );
      const inBatch = new Map<string, number>();
      for (const item of group) {
        const row = counts.get(item.person.id);
        const before = inBatch.get(item.person.id) ?? 0;
        inBatch.set(item.person.id, before + 1);
        if ((row?.count ?? 0) + before < cap.atMost) continue;
        broken.set(item, { outcome: cap.outcome, room: roomIn(cap, row, at) });
      }
    }
  }
  return broken;
}

/** When the oldest message that fills the cap leaves its span. */
const roomIn = (cap: FrequencyCap, row: { oldest: Instant } | undefined, at: Instant): Instant =>
  Math.max((row?.oldest ?? at) + cap.per.ms + 1, at + 1);
