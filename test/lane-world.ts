/** A world for tests of lanes: a store in memory, a clock that is set by hand, local adapters and one person. */
import { waitingRow } from '../activities/lanes/lane.ts';
import type { Cohorts, World } from '../activities/world.ts';
import { memoryPorts, newWorld, type Ports, type PortsInMemory } from '../channels/index.ts';
import type { CultivoConfig } from '../dsl/config.ts';
import { email, type EmailContext } from '../dsl/email.ts';
import { html } from '../dsl/html.ts';
import { composeProject } from '../dsl/project.ts';
import type { CohortItem } from '../engine/items.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import {
  type Enrolment,
  enrolments,
  laneRows,
  type Message,
  messages,
  people,
  type Person,
} from '../store/tables/index.ts';

export const NOON = Date.UTC(2026, 2, 2, 12);

export const intro = email('intro', {
  topic: 'nurture',
  subject: ({ lead }: EmailContext<{ name: string }>) => `Hola ${lead.name}`,
  body: ({ lead }) => html`<p>Hola ${lead.name}</p>`,
});

const CONFIG: CultivoConfig = {
  journeys: [],
  templates: [intro],
  brand: { name: 'Sol', email: 'hola@sol.example', postalAddress: 'Calle 1, Madrid' },
  team: [
    { id: 'marta', name: 'Marta', email: 'marta@sol.example' },
    { id: 'boss', name: 'Eva', email: 'eva@sol.example' },
  ],
  assignOwner: ['marta'],
};

export interface Delivery {
  readonly cohort: string;
  readonly journey: string;
  readonly items: readonly CohortItem[];
}

export interface LaneWorld extends World {
  readonly memory: PortsInMemory;
  readonly deliveries: readonly Delivery[];
  /** Moves the clock. */
  elapse(ms: number): void;
  /** Adds somebody with a live run. */
  addPerson(id: string, profile?: Person['profile'], run?: Partial<Enrolment>): Promise<void>;
  /** Adds a message to somebody and its row, as the gate does. */
  addMessage(person: string, change?: Partial<Message>): Promise<string>;
  message(key: string): Promise<Message | undefined>;
  /** The same world with other ports. */
  withPorts(ports: Partial<Ports>): World;
}

/** An engine that has every cohort. */
export const cohortsThat = (
  hear: (cohort: string, journey: string, items: readonly CohortItem[]) => Promise<void>,
): Cohorts => ({
  deliver: async (...items) => {
    await hear(...items);
    return true;
  },
  beginAgain: () => Promise.reject(new Error('Test: nothing is lost here.')),
});

export interface LaneWorldParts {
  readonly store?: Store;
  readonly ports?: Partial<Ports>;
  readonly cohorts?: Cohorts;
  readonly plan?: World['plan'];
}

export function laneWorld(change: LaneWorldParts = {}, config: CultivoConfig = CONFIG): LaneWorld {
  const store = change.store ?? memoryStore();
  const memory = memoryPorts();
  const deliveries: Delivery[] = [];
  let now = NOON;
  let ids = 0;
  const cohorts =
    change.cohorts ??
    cohortsThat(async (cohort, journey, items) => {
      deliveries.push({ cohort, journey, items });
    });
  const worldWith = (ports: Partial<Ports> | undefined): World => {
    const world = newWorld({
      project: composeProject(config),
      store,
      ports: { ...memory, ...ports },
      cohorts,
      clock: () => now,
      newId: () => `id-${(ids += 1)}`,
    });
    return { ...world, plan: change.plan ?? world.plan };
  };
  return {
    ...worldWith(change.ports),
    withPorts: worldWith,
    memory,
    deliveries,
    elapse: (ms) => {
      now += ms;
    },
    addPerson: (id, profile = {}, run = {}) =>
      store.transaction(async (tx) => {
        const known = { name: `Name ${id}`, email: `${id}@a.example`, ...profile };
        await tx.add(people, [{ id, profile: known, zone: null, createdAt: NOON }]);
        await tx.add(enrolments, [anEnrolment(id, run)]);
      }),
    addMessage: (person, message = {}) =>
      store.transaction(async (tx) => {
        const row = aMessage(person, message);
        const { key, at, channel: lane } = row;
        await tx.add(messages, [row]);
        await tx.add(laneRows, [waitingRow({ lane, key, cohort: 'c-1', person, at, payload: {} })]);
        return row.key;
      }),
    message: (key) => store.transaction(async (tx) => (await tx.find(messages, { key }))[0]),
  };
}

const anEnrolment = (person: string, change: Partial<Enrolment>): Enrolment => ({
  id: `run-${person}`,
  journey: 'welcome',
  person,
  plan: 'hash',
  cohort: 'c-1',
  status: 'live',
  step: 'email:intro',
  since: NOON,
  enteredAt: NOON,
  endedAt: null,
  error: null,
  position: null,
  ...change,
});

const aMessage = (person: string, change: Partial<Message>): Message => ({
  key: `welcome/${person}/run-${person}/email:intro`,
  run: `run-${person}`,
  journey: 'welcome',
  person,
  step: 'email:intro',
  channel: 'email',
  template: 'intro',
  topic: 'nurture',
  class: 'marketing',
  from: null,
  at: NOON,
  status: 'waiting',
  code: null,
  providerId: null,
  rendered: null,
  ...change,
});
