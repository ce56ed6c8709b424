/** A project on a benchmark's server: a world over a store, its plans in a bundle, a worker, and people who enter. */
import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { memoryInbox } from '../channels/email/local/memory-inbox.ts';
import { memoryPipeline } from '../channels/crm/local/memory-pipeline.ts';
import { drainBatch } from '../activities/lanes/drain-batch.ts';
import type { World } from '../activities/world.ts';
import { setStage } from '../rehearsal/set-stage.ts';
import type { Scenario } from '../rehearsal/scenario.ts';
import { watchCohorts, type WatchedCohorts } from '../rehearsal/temporal/watch-cohorts.ts';
import type { Store } from '../store/store.ts';
import type { CohortActivities, VirtualTime } from '../workflows/cohort-input.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { type Settle, temporalActivities } from '../worker/temporal-activities.ts';
import { temporalCohorts } from '../worker/temporal-cohorts.ts';
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
  /** Set where time is skipped and stories settle. */
  readonly virtual?: VirtualTime;
  readonly settle?: Settle;
  /** Runs workflows in this isolate, where their heap can be measured. */
  readonly inThisIsolate?: boolean;
  /** Default: those that the world does. */
  readonly activities?: Pick<CohortActivities, 'perform' | 'recordRests'>;
}

export async function benchStage(options: BenchStageOptions): Promise<BenchStage> {
  const { scenario, store } = options;
  const { project } = scenario;
  const server = await benchServer();
  const taskQueue = `bench-${randomUUID()}`;
  const client = options.client ?? server.client;
  const cohorts = watchCohorts(
    temporalCohorts({
      client,
      taskQueue,
      project,
      ...(options.virtual === undefined ? {} : { virtual: options.virtual }),
    }),
  );
  const plans = new Map([...project.plans.values()].map((plan) => [plan.hash, plan]));
  let ids = 0;
  const world: World = {
    project,
    store,
    plan: (hash) => plans.get(hash),
    clock: Date.now,
    newId: () => `${taskQueue.slice(-12)}-${String(++ids).padStart(6, '0')}`,
    email: memoryInbox(),
    crm: memoryPipeline(),
    cohorts,
    gitSha: null,
  };
  const { cacheDirectory, native, namespace } = server;
  const bundle = await bundleWorkflows({ cacheDirectory, plans: [...plans.values()] });
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
      activities: options.activities ?? temporalActivities(world, { settle: options.settle }),
      debugMode: options.inThisIsolate ?? false,
      shutdownGraceTime: 0,
    }),
    enter: () => setStage(world, scenario),
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
