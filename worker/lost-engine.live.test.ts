/** Temporal loses its data, or somebody ends workflows: people go on from where the store says that they stand, and get nothing twice. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import { beginAllAgain } from '../activities/recovery/begin-again.ts';
import { type PortsInMemory, memoryPorts } from '../channels/index.ts';
import {
  days,
  email,
  type EmailContext,
  event,
  html,
  journey,
  lead,
  sendEmail,
  waitFor,
} from '../dsl/index.ts';
import { composeProject } from '../dsl/project.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import { decisions, enrolments } from '../store/tables/index.ts';
import { startTemporalServer } from '../temporal-server/start-temporal-server.ts';
import { readEnvironment } from './environment.ts';
import { type HostedJourneys, hostJourneys } from './host-journeys.ts';
import { inRealTime } from './hosting.ts';
import { logTemporal, openLog } from './open-log.ts';
import { seeToEnded } from './watch-engine.ts';

logTemporal(openLog('fatal'));
const WAIT = { timeout: 60_000, interval: 50 };
const PEOPLE = ['ana', 'ben', 'eva'];

const Lead = lead(z.object({ name: z.string(), email: z.email() }));
const letter = (id: string) =>
  email(id, {
    class: 'transactional',
    subject: ({ lead: { name } }: EmailContext<{ name: string }>) => `${id} for ${name}`,
    body: ({ lead: { name } }) => html`<p>Hola ${name}</p>`,
  });

const projectOf = (cohortSize: number) =>
  composeProject({
    journeys: [
      journey(`lost-${cohortSize}`, { lead: Lead, cohortSize, enter: event('Trial Started') }, [
        sendEmail(letter('first')),
        waitFor(event('Clicked'), { upTo: days(30), yes: [sendEmail(letter('second'))] }),
      ]),
    ],
    brand: { name: 'Sol', email: 'hola@sol.example', postalAddress: 'Calle 1, Madrid' },
  });

interface Running extends HostedJourneys {
  readonly said: string[];
}

interface Known {
  readonly store: Store;
  readonly ports: PortsInMemory;
  readonly taskQueue: string;
  readonly cohortSize: number;
}

const fresh = (cohortSize: number): Known => ({
  store: memoryStore(),
  ports: memoryPorts(),
  taskQueue: `lost-${randomUUID()}`,
  cohortSize,
});

async function host(known: Known, { address, namespace }: Record<'address' | 'namespace', string>) {
  const { cohortSize, ...parts } = known;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const said: string[] = [];
  const hosted = await hostJourneys({
    ...parts,
    hosting: inRealTime,
    connection,
    native,
    namespace,
    cacheDirectory: readEnvironment().CULTIVO_CACHE,
    project: projectOf(cohortSize),
    gitSha: null,
    say: (what) => said.push(what),
  });
  const stop = async () => {
    await hosted.stop();
    await native.close();
    await connection.close();
  };
  return { ...hosted, said, stop } satisfies Running;
}

const track = ({ world }: Running, name: string, at = Date.now()) =>
  recordBehaviour(
    world,
    PEOPLE.flatMap((who) => [
      {
        type: 'identify' as const,
        source: 'test',
        id: `${who}-is`,
        userId: who,
        at: at - 1,
        traits: { name: who, email: `${who}@a.example` },
      },
      {
        type: 'track' as const,
        source: 'test',
        id: `${who}-${name}-${at}`,
        userId: who,
        at,
        name,
        properties: {},
      },
    ]),
  );

const subjects = ({ ports }: Known) => ports.email.sent.map(({ subject }) => subject).toSorted();
const letters = (id: string) => PEOPLE.map((who) => `${id} for ${who}`);
const arrive = (known: Known, ...ids: string[]) =>
  vi.waitFor(() => expect(subjects(known)).toEqual(ids.flatMap(letters)), WAIT);

const runsOf = ({ store }: Known) => store.transaction((tx) => tx.find(enrolments, {}));
const standing = (known: Known) =>
  vi.waitFor(async () => {
    const steps = (await runsOf(known)).map(({ step }) => step);
    expect(steps).toEqual(PEOPLE.map(() => 'for:clicked'));
  }, WAIT);

test.each([1, 200])(
  'workflows of cohorts of %i that somebody ends begin again; what happens meanwhile is heard',
  async (cohortSize) => {
    const known = fresh(cohortSize);
    const running = await host(known, inject('temporalServer'));
    onTestFinished(() => running.stop());
    await track(running, 'Trial Started');
    await arrive(known, 'first');
    await standing(known);
    const { client, world, said } = running;
    const cohorts = [...new Set((await runsOf(known)).map(({ cohort }) => cohort))];
    const before = await Promise.all(cohorts.map((id) => client.workflow.getHandle(id).describe()));
    for (const id of cohorts) await client.workflow.getHandle(id).terminate('by hand');
    const watched = {
      world,
      client,
      taskQueue: known.taskQueue,
      say: (what: string) => said.push(what),
    };
    await vi.waitFor(async () => {
      await seeToEnded(watched);
      expect(said).toEqual([expect.stringContaining('begins again')]);
    }, WAIT);
    for (const [i, id] of cohorts.entries()) {
      await vi.waitFor(async () => {
        const { runId, status } = await client.workflow.getHandle(id).describe();
        expect([status.name, runId === before[i]?.runId]).toEqual(['RUNNING', false]);
      }, WAIT);
    }
    // Nobody has noticed these yet: the news itself finds that nobody hears it.
    for (const id of cohorts) await client.workflow.getHandle(id).terminate('by hand again');
    await track(running, 'Clicked');
    await arrive(known, 'first', 'second');
    await vi.waitFor(async () => {
      const ended = (await runsOf(known)).map(({ status }) => status);
      expect(ended).toEqual(PEOPLE.map(() => 'completed'));
    }, WAIT);
  },
);

test('what is rebuilt ends whatever Temporal has under the same id, and goes on', async () => {
  const known = fresh(200);
  const running = await host(known, inject('temporalServer'));
  onTestFinished(() => running.stop());
  await track(running, 'Trial Started');
  await standing(known);
  const { client, world } = running;
  const [cohort = ''] = (await runsOf(known)).map((run) => run.cohort);
  const { runId } = await client.workflow.getHandle(cohort).describe();
  expect(await beginAllAgain(world, { cause: 'by-hand', anew: true })).toEqual({
    cohorts: 1,
    people: 3,
  });
  await vi.waitFor(async () => {
    const now = await client.workflow.getHandle(cohort).describe();
    expect(now.runId).not.toBe(runId);
  }, WAIT);
  await track(running, 'Clicked');
  await arrive(known, 'first', 'second');
});

test.each([1, 200])(
  'a Temporal that has lost everything: people in cohorts of %i go on, enter once, and get nothing twice',
  async (cohortSize) => {
    const environment = { ...readEnvironment(), TEMPORAL_ADDRESS: undefined };
    const known = fresh(cohortSize);
    const first = await startTemporalServer({ environment, timeSkipping: false });
    const running = await host(known, first);
    await track(running, 'Trial Started');
    await arrive(known, 'first');
    await standing(known);
    await running.stop();
    await first.stop();

    const second = await startTemporalServer({ environment, timeSkipping: false });
    onTestFinished(() => second.stop());
    const again = await host(known, second);
    onTestFinished(() => again.stop());
    expect(again.said).toEqual([
      expect.stringContaining(`3 people in ${cohortSize === 1 ? 3 : 1} workflows go on`),
    ]);
    await track(again, 'Trial Started');
    await track(again, 'Clicked');
    await arrive(known, 'first', 'second');
    const refused = await known.store.transaction((tx) =>
      tx.find(decisions, { verdict: 'refuse' }),
    );
    expect(refused.map(({ reason }) => reason)).toEqual(PEOPLE.map(() => 'in-journey'));
    const ids = (await runsOf(known)).map(({ cohort }) => cohort);
    const client = new Client({ connection: again.client.connection, namespace: second.namespace });
    await Promise.all([...new Set(ids)].map((id) => client.workflow.getHandle(id).result()));
  },
);
