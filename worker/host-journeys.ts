/** Journeys and lanes of a project on a Temporal worker: the world, the worker, the lanes' workflows. */
import { Client, type Connection } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { World } from '../activities/world.ts';
import { newWorld, type WorldParts } from '../channels/index.ts';
import type { Store } from '../store/store.ts';
import { bundleWorkflows } from './bundle-workflows.ts';
import { type Closing, closing } from './closing.ts';
import type { Hosting } from './hosting.ts';
import { startLanes, stopLanes } from './start-lanes.ts';
import { temporalActivities } from './temporal-activities.ts';
import { sharedClock, type SharedClockOptions } from './shared-clock.ts';
import { seeToLanes, watchEngine } from './watch-engine.ts';
import { watchLanes } from './watch-lanes.ts';

export interface HostOptions extends Omit<WorldParts, 'cohorts' | 'clock'> {
  readonly hosting: Hosting;
  readonly connection: Connection;
  readonly native: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  /** A folder that outlives the checkout. */
  readonly cacheDirectory: string;
  /** Hears what Temporal has lost. */
  readonly say?: ((what: string) => void) | undefined;
  /** A cohort goes on in a new execution after so many events of history. Default 8,000. */
  readonly maxEvents?: number | undefined;
}

export interface HostedJourneys {
  readonly world: World;
  readonly client: Client;
  /** Rejects when the worker cannot go on. */
  readonly running: Promise<void>;
  /** Finishes what is at hand. */
  stop(): Promise<void>;
}

export async function hostJourneys(options: HostOptions): Promise<HostedJourneys> {
  const { hosting, connection, namespace, taskQueue, maxEvents, ports, ...parts } = options;
  const client = new Client({ connection, namespace });
  const cohorts = hosting.cohorts({ client, taskQueue, project: options.project, maxEvents });
  const say = options.say ?? (() => undefined);
  const opened = closing();
  const clock = hosting.endsLanes
    ? hosting.clock
    : await openClock(opened, options.store, { own: hosting.clock, say });
  const world = newWorld({ ...parts, ports: hosting.ports(ports), clock, cohorts });
  const plans = [...(options.plans ?? []), ...options.project.plans.values()];
  const stopping = new AbortController();
  const worker = await Worker.create({
    connection: options.native,
    namespace,
    taskQueue,
    workflowBundle: await bundleWorkflows({ ...options, workflows: hosting.workflows, plans }),
    activities: { ...temporalActivities(world, stopping.signal), ...hosting.activities(world) },
    shutdownGraceTime: hosting.graceMs,
  });
  if (hosting.endsLanes) {
    await startLanes(world, client, taskQueue);
    opened.add(() => stopLanes(world, client, taskQueue));
  } else {
    const watched = { world, client, taskQueue, say };
    await seeToLanes(watched);
    opened.add(watchEngine(watched));
    const lanes = watchLanes(world, say);
    opened.add(async () => lanes.stop());
  }
  const running = worker.run();
  opened.add(async () => {
    stopping.abort();
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running.catch(() => undefined); // `running` says it
  });
  return { world, client, running, stop: () => opened.close() };
}

/** Of all processes, where time is real. */
async function openClock(opened: Closing, store: Store, options: SharedClockOptions) {
  const clock = await sharedClock(store, options);
  opened.add(async () => clock.stop());
  return clock.now;
}
