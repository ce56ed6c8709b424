/** A Temporal worker for a project: every journey, every lane, one task queue. */
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { World } from '../activities/world.ts';
import { type Settle, temporalActivities } from './temporal-activities.ts';

export interface CreateWorkerOptions {
  readonly world: World;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  /** From `bundleWorkflows`. */
  readonly bundle: { readonly code: string };
  /** Set where time is skipped. */
  readonly settle?: Settle;
  /** Aborted when the worker is asked to stop, so that lanes end with their batch. */
  readonly stopping?: AbortSignal;
  /** Workflows kept in memory between their tasks. Default: the SDK's, by the memory there is. */
  readonly maxCachedWorkflows?: number;
}

export const createWorker = (options: CreateWorkerOptions): Promise<Worker> =>
  Worker.create({
    connection: options.connection,
    namespace: options.namespace,
    taskQueue: options.taskQueue,
    workflowBundle: options.bundle,
    activities: temporalActivities(options.world, options),
    // In virtual time nothing outlives the story; in real time a batch at hand may end.
    shutdownGraceTime: options.settle === undefined ? '5 seconds' : 0,
    ...(options.maxCachedWorkflows === undefined
      ? {}
      : { maxCachedWorkflows: options.maxCachedWorkflows }),
  });
