/** A project on a benchmark's server: a world over a store, its plans in a bundle, a worker, and people who enter. */
import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { drainBatch } from '../activities/lanes/drain-batch.ts';
import type { World } from '../activities/world.ts';
import { memoryPorts, newWorld } from '../channels/index.ts';
import { begin } from '../rehearsal/begin.ts';
import type { Scenario } from '../rehearsal/scenario.ts';
import { watchCohorts, type WatchedCohorts } from '../rehearsal/temporal/watch-cohorts.ts';
import type { Store } from '../store/store.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { inRealTime } from '../worker/hosting.ts';
import { temporalActivities } from '../worker/temporal-activities.ts';
import { temporalCohorts } from '../worker/temporal-cohorts.ts';
import type { CohortActivities } from '../workflows/cohort-input.ts';
import { type BenchServer, benchServer } from './bench-server.ts';

export interface BenchStage {
  readonly server: BenchServer;
  readonly taskQueue: string;
  readonly world: World;
  readonly cohorts: WatchedCohorts;
  readonly worker: Worker;
  /** Puts the people into the store; their entries wait in the `signals` lane. */
  enter(): Promise<void>;
  /** Tells the cohorts of everybody who enters, as the lane would. */
  deliver(): Promise<void>;
  /** Resolves when every cohort is over. */
  over(): Promise<void>;
}

export interface BenchStageOptions {
  readonly scenario: Scenario;
  readonly store: Store;
  /** Starts workflows. Default: the server's client. */
  readonly client?: BenchServer['client'];
  /** Runs workflows in this isolate, where their heap can be measured. */
  readonly inThisIsolate?: boolean;
  /** Default: those that the world does. */
  readonly activities?: Pick<CohortActivities, 'perform' | 'recordPositions'>;
}

export async function benchStage(options: BenchStageOptions): Promise<BenchStage> {
  const { scenario, store } = options;
  const { project } = scenario;
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
  return {
    server,
    taskQueue,
    world,
    cohorts,
    worker: await Worker.create({
      connection: native,
      namespace,
      taskQueue,
      workflowBundle: bundle,
      activities: options.activities ?? temporalActivities(world),
      debugMode: options.inThisIsolate ?? false,
      shutdownGraceTime: 0,
    }),
    enter: () => begin(world, scenario),
    deliver: async () => {
      while ((await drainBatch(world, 'signals')).rows > 0);
    },
    over: async () => {
      const ids = [...cohorts.people.keys()];
      await Promise.all(ids.map((id) => server.client.workflow.getHandle(id).result()));
    },
  };
}

/** How many events the histories of these workflows hold, server's notes about skipped time left out. */
export async function countEvents(
  { client }: BenchServer,
  ids: readonly string[],
): Promise<number> {
  let count = 0;
  for (const id of ids) {
    const { events } = await client.workflow.getHandle(id).fetchHistory();
    // Node's enum of protobuf has numbers; the note's name is in its attributes.
    for (const event of events ?? []) {
      if (!Object.keys(event).some((key) => /timeSkipping/i.test(key))) count++;
    }
  }
  return count;
}
