/** A world on a virtual clock in which leads can be made one at any instant, with one journey that has a step of every sort. */
import * as z from 'zod';
import { mergeUsers } from '../activities/behaviour/merge-users.ts';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import { enrolUsers } from '../activities/entry/enrol-users.ts';
import type { EffectKind } from '../activities/effect-kind.ts';
import type { World } from '../activities/world.ts';
import { memoryPorts, newWorld } from '../channels/index.ts';
import {
  days,
  email,
  event,
  handoffToSales,
  hours,
  html,
  journey,
  lead,
  minutes,
  owner,
  sendEmail,
  step,
  until,
  waitDays,
  waitFor,
} from '../dsl/index.ts';
import type { Instant, JsonObject } from '../dsl/plan.ts';
import { composeProject } from '../dsl/project.ts';
import { Script } from '../rehearsal/script.ts';
import { tellStories } from '../rehearsal/story.ts';
import { VirtualHost } from '../rehearsal/virtual-host.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import { identities } from '../store/tables/index.ts';

export const DAY = 86_400_000;
export const HOUR = DAY / 24;
/** Monday 2 March 2026, 10:00 in UTC. */
export const START = Date.UTC(2026, 2, 2, 10);
export const TOUR = 'tour';

export const Booked = event('Booked');
const Left = event('Left');
export const Lead = lead(z.object({ name: z.string() }));
const mail = (id: string) =>
  email(id, { topic: 'news', subject: () => id, body: () => html`<p>${id}</p>` });

/** On which day of the journey, from 0, somebody stands in what. */
export const STANDING = {
  waiting: 1,
  waitFor: 3,
  until: 5,
  handoff: 7,
  deferred: 9,
  ended: 20,
} as const;

/** Whoever has a name has an address. */
const withAddress = (traits: JsonObject): JsonObject =>
  typeof traits['name'] === 'string'
    ? { email: `${traits['name'].toLowerCase()}@example.com`, ...traits }
    : traits;

export function mergingWorld(cohortSize: number) {
  /** Names of whom the own code has greeted. */
  const greeted: string[] = [];
  /** Names of those who cannot be written to, for a mistake of ours. */
  const broken = new Set<unknown>();
  const tour = journey(TOUR, { lead: Lead, cohortSize }, [
    sendEmail(mail('first')),
    waitDays(2),
    waitFor(Booked, { upTo: days(2) }),
    until(Left, [waitDays(2)]),
    handoffToSales({ to: owner, sla: hours(48), id: 'sales' }),
    sendEmail(mail('second')),
    step('greet', ({ lead: { name } }: { lead: { name: string } }) => void greeted.push(name)),
    waitDays(1),
  ]);
  const project = composeProject({
    journeys: [tour],
    spread: minutes(0),
    caps: [{ channel: 'email', class: 'marketing', atMost: 1, per: days(10), outcome: 'defer' }],
    team: ['eva', 'ben', 'leo', 'zoe'].map((id) => ({ id, name: id, email: `${id}@sol.example` })),
    assignOwner: ['eva', 'ben', 'leo', 'zoe'],
  });
  const host = new VirtualHost(START);
  const ports = memoryPorts();
  let ids = 0;
  const made = newWorld({
    project,
    store: memoryStore(),
    ports,
    cohorts: host,
    clock: () => host.now,
    newId: () => `id-${String(++ids).padStart(6, '0')}`,
  });
  const sendEmails = made.effects.email as unknown as EffectKind;
  const breaking: EffectKind = {
    ...sendEmails,
    perform: (context, tx, items) => {
      if (items.some(({ person }) => broken.has(person.profile['name'])))
        throw new Error('a mistake of ours');
      return sendEmails.perform(context, tx, items);
    },
  };
  const world: World = {
    ...made,
    effects: { ...made.effects, email: breaking as unknown as typeof made.effects.email },
  };
  host.world = world;

  /** Whatever happens until then happens; then it is that day. */
  const at = async (day: number) => {
    const instant = START + day * DAY;
    await host.play(new Script([]), instant);
    host.now = Math.max(host.now, instant);
  };
  const settle = () => host.play(new Script([]), host.now);
  const does = async (act: (now: Instant) => Promise<unknown>) => {
    await act(host.now);
    await settle();
  };
  const item = (more: JsonObject) => ({ source: 'site', id: world.newId(), at: host.now, ...more });
  return {
    world,
    ports,
    greeted,
    broken,
    at,
    settle,
    identify: (who: object, traits: JsonObject) =>
      does(() =>
        recordBehaviour(world, [
          { ...item({}), type: 'identify', traits: withAddress(traits), ...who },
        ]),
      ),
    track: (who: object, name: string, properties: JsonObject = {}, when = host.now) =>
      does(() =>
        recordBehaviour(world, [
          { ...item({}), at: when, type: 'track', name, properties, ...who },
        ]),
      ),
    enter: (userId: string) =>
      does((now) =>
        enrolUsers(world, { journey: TOUR, users: [{ userId }], at: now, cause: world.newId() }),
      ),
    merge: async (previousId: string, userId: string) => {
      const answer = await mergeUsers(world, { previousId, userId, at: host.now });
      await settle();
      return answer;
    },
    personOf: async (userId: string) => {
      const [found] = await world.store.transaction((tx) =>
        tx.find(identities, { kind: 'user', value: userId }),
      );
      return found?.person ?? '';
    },
    async story(userId: string) {
      const id = await this.personOf(userId);
      const [story] = await tellStories(world.store, [{ id, zone: 'UTC' }], TOUR);
      return String(story)
        .split('\n')
        .map((line) => line.trim());
    },
  };
}
