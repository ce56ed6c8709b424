/** Plays scenarios on a real Temporal server whose clocks leap: the same people, the same script, the same story. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { memoryInbox } from '../../channels/email/local/memory-inbox.ts';
import { memoryPipeline } from '../../channels/crm/local/memory-pipeline.ts';
import type { World } from '../../activities/world.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import type { Store } from '../../store/store.ts';
import { bundleWorkflows } from '../../worker/bundle-workflows.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { skippingClient } from './skip-time.ts';
import { startLanes, stopLanes } from '../../worker/start-lanes.ts';
import { temporalCohorts } from '../../worker/temporal-cohorts.ts';
import type { Host } from '../rehearse.ts';
import type { Scenario } from '../scenario.ts';
import { happen, setStage } from '../set-stage.ts';
import { playOut } from './play-out.ts';
import { settleWith, type Stage } from './settle.ts';
import { watchCohorts } from './watch-cohorts.ts';
import { type Story, tellStories } from '../story.ts';
import { withSales } from '../with-sales.ts';

export interface TemporalHostOptions {
  /** host:port of a server that allows time skipping. */
  readonly address: string;
  readonly namespace?: string;
  readonly cacheDirectory: string;
  /** A cohort goes on in a new execution after so many events of history. Default: production's. */
  readonly maxEvents?: number;
  /** A fresh store per scenario. Default: in memory. */
  readonly openStore?: () => Promise<Store>;
}

/** A host for `rehearse`: one worker and one task queue per scenario, taken down with it. */
export function onTemporal(options: TemporalHostOptions): Host {
  return async (scenario) => {
    const connection = await Connection.connect({ address: options.address });
    const native = await NativeConnection.connect({ address: options.address });
    const store = (await options.openStore?.()) ?? memoryStore();
    try {
      return await play(scenario, options, connection, native, store);
    } finally {
      await store.close();
      await native.close();
      await connection.close();
    }
  };
}

async function play(
  scenario: Scenario,
  { cacheDirectory, maxEvents, namespace = 'default' }: TemporalHostOptions,
  connection: Connection,
  native: NativeConnection,
  store: Store,
): Promise<readonly Story[]> {
  const { project, people, script } = scenario;
  const taskQueue = `rehearsal-${randomUUID()}`;
  const plans = new Map([...project.plans.values()].map((plan) => [plan.hash, plan]));
  const from = Math.min(...people.map(({ enters }) => enters), script.next() ?? Infinity);
  const client = new Client({ connection, namespace });
  const cohorts = watchCohorts(
    temporalCohorts({
      client: skippingClient(connection, namespace),
      taskQueue,
      project,
      ...(maxEvents === undefined ? {} : { maxEvents }),
      virtual: { offsetMs: from - Date.now() },
    }),
  );
  let ids = 0;
  const world: World = {
    project,
    store,
    plan: (hash) => plans.get(hash),
    clock: () => script.now(from),
    newId: () => `${taskQueue.slice(-12)}-${String(++ids).padStart(6, '0')}`,
    email: memoryInbox(),
    crm: withSales(memoryPipeline(), scenario),
    cohorts,
    gitSha: null,
  };
  const stage: Stage = { world, cohorts, script, happen: (cues) => happen(world, cues) };
  const worker = await createWorker({
    world,
    connection: native,
    namespace,
    taskQueue,
    bundle: await bundleWorkflows({ cacheDirectory, plans: [...plans.values()] }),
    settle: settleWith(stage),
  });
  await worker.runUntil(async () => {
    await startLanes(client, taskQueue);
    await setStage(world, scenario);
    await playOut(client, stage);
  });
  await stopLanes(client, taskQueue);
  return tellStories(store, people, scenario.journey);
}
