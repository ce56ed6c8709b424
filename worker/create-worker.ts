/** A Temporal worker for a project: every journey, every lane, one task queue. */
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { World } from '../activities/world.ts';
import type { Hosting } from './hosting.ts';
import { temporalActivities } from './temporal-activities.ts';

export interface CreateWorkerOptions {
  readonly world: World;
  readonly hosting: Pick<Hosting, 'activities' | 'graceMs'>;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  /** From `bundleWorkflows`. */
  readonly bundle: { readonly code: string };
  /** Aborted when the worker is asked to stop, so that lanes end with their batch. */
  readonly stopping?: AbortSignal;
  /** Workflows kept in memory between their tasks. Default: the SDK's, by the memory there is. */
  readonly maxCachedWorkflows?: number | undefined;
}

export const createWorker = ({
  world,
  hosting,
  ...options
}: CreateWorkerOptions): Promise<Worker> =>
  Worker.create({
    connection: options.connection,
    namespace: options.namespace,
    taskQueue: options.taskQueue,
    workflowBundle: options.bundle,
    activities: { ...temporalActivities(world, options.stopping), ...hosting.activities(world) },
    shutdownGraceTime: hosting.graceMs,
    ...(options.maxCachedWorkflows === undefined
      ? {}
      : { maxCachedWorkflows: options.maxCachedWorkflows }),
  });
