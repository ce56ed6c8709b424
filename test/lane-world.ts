/** A world for tests of lanes: a store in memory, a clock that is set by hand, local adapters and one person. */
import type { World } from '../activities/world.ts';
import { memoryInbox, type MemoryInbox } from '../channels/email/local/memory-inbox.ts';
import {
  memoryPipeline,
  type MemoryPipeline,
} from '../channels/crm/local/memory-pipeline.ts';
import type { CultivoConfig } from '../dsl/config.ts';
import { email, type EmailContext } from '../dsl/email.ts';
import { html } from '../dsl/html.ts';
import { composeProject } from '../dsl/project.ts';
import type { Enrolment, Message, Person } from '../store/rows.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { CohortItem } from '../engine/cohort-item.ts';

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
  readonly inbox: MemoryInbox;
  readonly pipeline: MemoryPipeline;
  readonly deliveries: readonly Delivery[];
  /** Moves the clock. */
  elapse(ms: number): void;
  /** Adds somebody with a live run. */
  addPerson(id: string, profile?: Person['profile'], run?: Partial<Enrolment>): Promise<void>;
  /** Adds a message to somebody and its row, as the gate does. */
  addMessage(person: string, change?: Partial<Message>): Promise<string>;
  message(key: string): Promise<Message | undefined>;
}

export function laneWorld(change: Partial<World> = {}, config: CultivoConfig = CONFIG): LaneWorld {
  const store = change.store ?? memoryStore();
  const inbox = memoryInbox();
  const pipeline = memoryPipeline();
  const deliveries: Delivery[] = [];
  let now = NOON;
  let ids = 0;
  return {
    project: composeProject(config),
    plan: () => undefined,
    clock: () => now,
    newId: () => `id-${(ids += 1)}`,
    email: inbox,
    crm: pipeline,
    cohorts: {
      deliver: async (cohort, journey, items) => {
        deliveries.push({ cohort, journey, items });
      },
    },
    gitSha: null,
    ...change,
    store,
    inbox,
    pipeline,
    deliveries,
    elapse: (ms) => {
      now += ms;
    },
    addPerson: (id, profile = {}, run = {}) =>
      store.transaction(async (tx) => {
        const known = { name: `Name ${id}`, email: `${id}@a.example`, ...profile };
        await tx.putPeople([{ id, profile: known, zone: null, createdAt: NOON }]);
        await tx.addEnrolments([anEnrolment(id, run)]);
      }),
    addMessage: (person, message = {}) =>
      store.transaction(async (tx) => {
        const row = aMessage(person, message);
        await tx.addMessages([row]);
        const payload = { message: row.key };
        const { key, at } = row;
        await tx.addLaneRows([{ lane: 'email', key, cohort: 'c-1', person, at, payload }]);
        return row.key;
      }),
    message: (key) => store.transaction(async (tx) => (await tx.messages({ keys: [key] }))[0]),
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
