/** Gathers what the gate looks at, for many people in a few reads, and asks it for each. */
import { holds } from '../../dsl/conditions/index.ts';
import type { FrequencyCap } from '../../dsl/config.ts';
import type { Effect } from '../../dsl/effect.ts';
import type { Instant } from '../../dsl/plan.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Person } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { End } from '../../engine/run.ts';
import { spreadOf } from '../cohort-settings.ts';
import type { EffectItem } from '../effects/effect-kind.ts';
import { type BrokenCap, gate, type GateAnswer, type GateSubject } from './gate.ts';
import { loadFacts } from '../load-facts.ts';
import type { World } from '../world.ts';

type Item = EffectItem<Effect>;

/** Answers in the order of `items`, which all have one kind of effect. */
export async function passGate(
  world: World,
  tx: Transaction,
  items: readonly Item[],
  subjectOf: (effect: Effect) => GateSubject,
): Promise<readonly GateAnswer[]> {
  const people = [...new Set(items.map(({ person }) => person.id))];
  const suppressions = groupBy(await tx.suppressions(people), ({ person }) => person);
  const consents = new Map(
    (await tx.consents(people)).map(({ person, topic, state }) => [`${person} ${topic}`, state]),
  );
  const over = await whoIsOver(world, tx, items);
  const caps = await capsOf(world, tx, items, subjectOf);
  const { config } = world.project;
  const holidays = new Set(config.holidays ?? []);
  return items.map((item) => {
    const subject = subjectOf(item.effect);
    const { run, plan, person, at } = item;
    return gate(subject, {
      at,
      lead: run.lead,
      zone: run.zone,
      over: over.get(item),
      address: addressOf(person, subject.channel),
      suppressed: suppressions
        .get(person.id)
        ?.find(({ channel }) => channel === null || channel === subject.channel)?.reason,
      consent: consents.get(`${person.id} ${subject.topic}`),
      consentMode: config.topics?.[subject.topic ?? '']?.consent ?? 'opt-in',
      brokenCap: caps.get(item),
      window: plan.rules.sendWindow,
      holidays,
      spreadMs: spreadOf(world.project),
    });
  });
}

const FIELDS: { readonly [channel: string]: string } = { email: 'email', call: 'phone' };

function addressOf({ profile }: Person, channel: string): string | undefined {
  const address = profile[FIELDS[channel] ?? channel];
  return typeof address === 'string' && address.trim() !== '' ? address : undefined;
}

/** Runs that the store knows to have ended, and those whose exit or goal holds at this instant. */
async function whoIsOver(
  world: World,
  tx: Transaction,
  items: readonly Item[],
): Promise<ReadonlyMap<Item, End>> {
  const over = new Map<Item, End>();
  const asking: Item[] = [];
  for (const item of items) {
    const { rules } = item.plan;
    if (item.status !== 'live' && item.status !== 'parked') over.set(item, item.status);
    else if (rules.exit !== undefined || rules.goal !== undefined) asking.push(item);
  }
  if (asking.length === 0) return over;
  const facts = await loadFacts(
    world,
    tx,
    asking.map(({ person, at }) => ({ person: person.id, at })),
  );
  asking.forEach((item, i) => {
    const known = facts[i];
    if (known === undefined) return;
    for (const end of ['exit', 'goal'] as const) {
      const condition = item.plan.rules[end];
      if (condition === undefined || !holds(condition, known, item.run.entered).holds) continue;
      over.set(item, end);
      return;
    }
  });
  return over;
}

/** The first cap that each item would break. Two of one person in one batch count one after the other. */
async function capsOf(
  world: World,
  tx: Transaction,
  items: readonly Item[],
  subjectOf: (effect: Effect) => GateSubject,
): Promise<ReadonlyMap<Item, BrokenCap>> {
  const broken = new Map<Item, BrokenCap>();
  for (const cap of world.project.config.caps ?? []) {
    const capped = items.filter((item) => !broken.has(item) && falls(subjectOf(item.effect), cap));
    for (const [at, group] of groupBy(capped, (item) => item.at)) {
      const since = at - cap.per.ms;
      const counts = new Map(
        (
          await tx.countMessages(
            [...new Set(group.map(({ person }) => person.id))],
            cap.channel,
            cap.class,
            since,
          )
        ).map((row) => [row.person, row]),
      );
      const inBatch = new Map<string, number>();
      for (const item of group) {
        const row = counts.get(item.person.id);
        const count = (row?.count ?? 0) + (inBatch.get(item.person.id) ?? 0);
        inBatch.set(item.person.id, (inBatch.get(item.person.id) ?? 0) + 1);
        if (count >= cap.atMost)
          broken.set(item, { outcome: cap.outcome, room: room(cap, row, at) });
      }
    }
  }
  return broken;
}

const falls = (subject: GateSubject, cap: FrequencyCap): boolean =>
  subject.channel === cap.channel && subject.class === cap.class;

/** When the oldest message that fills the cap leaves its span. */
const room = (cap: FrequencyCap, row: { oldest: Instant } | undefined, at: Instant): Instant =>
  Math.max((row?.oldest ?? at) + cap.per.ms + 1, at + 1);
