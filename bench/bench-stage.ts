/** A server, and a project on it: a world over a store, its plans in a bundle, a worker, people who enter. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { drainBatch } from '../activities/lanes/drain-batch.ts';
import { memoryPorts, newWorld } from '../channels/index.ts';
import type { Project } from '../dsl/project.ts';
import { begin } from '../rehearsal/begin.ts';
import type { Scenario } from '../rehearsal/scenario.ts';
import { watchCohorts } from '../rehearsal/temporal/watch-cohorts.ts';
import type { Store } from '../store/store.ts';
import { startTemporalServer } from '../temporal-server/start-temporal-server.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { readEnvironment } from '../worker/environment.ts';
import { inRealTime } from '../worker/hosting.ts';
import { logTemporal, openLog } from '../worker/open-log.ts';
import { temporalActivities } from '../worker/temporal-activities.ts';
import { temporalCohorts } from '../worker/temporal-cohorts.ts';
import type { CohortActivities } from '../workflows/cohort-input.ts';

export type BenchServer = Awaited<ReturnType<typeof start>>;

let started: Promise<BenchServer> | undefined;

/** One in memory per process, which takes it with it when it ends; and the connections to it. */
export const benchServer = (): Promise<BenchServer> => (started ??= start());

async function start() {
  logTemporal(openLog('error'));
  const environment = readEnvironment();
  const { address, namespace } = await startTemporalServer({ environment });
  const connection = await Connection.connect({ address });
  return {
    address,
    namespace,
    connection,
    native: await NativeConnection.connect({ address }),
    client: new Client({ connection, namespace }),
    cacheDirectory: environment.CULTIVO_CACHE,
  };
}

/** The histories of workflows, the server's notes about skipped time left out. */
export const eventsOf = ({ client }: BenchServer, ids: Iterable<string>) =>
  Promise.all(
    [...ids].map(async (id) => {
      const { events } = await client.workflow.getHandle(id).fetchHistory();
      // Node's enum of protobuf has numbers; the note's name is in its attributes.
      const isNote = (event: object) => Object.keys(event).some((key) => /timeSkipping/i.test(key));
      return (events ?? []).filter((event) => !isNote(event));
    }),
  );

export interface BenchStageOptions {
  /** Starts workflows. Default: the server's client. */
  readonly client?: Client;
  /** Runs workflows in this isolate, where their heap can be measured. */
  readonly inThisIsolate?: boolean;
  /** Default: those that the world does. */
  readonly activities?: Pick<CohortActivities, 'perform' | 'recordPositions' | 'whoIsIn'>;
}

export async function benchStage(project: Project, store: Store, options: BenchStageOptions = {}) {
  const server = await benchServer();
  const taskQueue = `bench-${randomUUID()}`;
  const client = options.client ?? server.client;
  const cohorts = watchCohorts();
  let ids = 0;
  const world = newWorld({
    project,
    store,
    ports: memoryPorts(),
    cohorts: cohorts.over(temporalCohorts({ client, taskQueue, project })),
    newId: () => `${taskQueue.slice(-12)}-${String(++ids).padStart(6, '0')}`,
  });
  const { cacheDirectory, native, namespace } = server;
  const plans = [...project.plans.values()];
  const bundle = await bundleWorkflows({ workflows: inRealTime.workflows, cacheDirectory, plans });
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue,
    workflowBundle: bundle,
    activities: options.activities ?? temporalActivities(world),
    debugMode: options.inThisIsolate ?? false,
    shutdownGraceTime: 0,
  });
  /** Puts people into the store, as they come over a time from now; their entries wait in the `signals` lane. */
  const enter = (scenario: Scenario, overMs = 0) => {
    const now = Date.now();
    const people = scenario.people.map((person, i, { length }) => ({
      ...person,
      enters: now + Math.floor((i * overMs) / length),
    }));
    return begin(world, { ...scenario, people });
  };
  /** Tells the cohorts of everybody who enters, as the lane would. */
  const deliver = async () => {
    while ((await drainBatch(world, 'signals')).rows > 0);
  };
  /** Resolves with the ids of all cohorts when they are over. */
  const over = async () => {
    const all = [...cohorts.people.keys()];
    await Promise.all(all.map((id) => server.client.workflow.getHandle(id).result()));
    return all;
  };
  return { server, taskQueue, world, worker, enter, deliver, over };
}
