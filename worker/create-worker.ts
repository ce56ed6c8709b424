/** A Temporal worker for a project: every journey, every lane, one task queue. */
import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { World } from '../activities/world.ts';
import type { Hosting } from './hosting.ts';
import { temporalActivities } from './temporal-activities.ts';

type Connected = 'connection' | 'namespace' | 'taskQueue' | 'workflowBundle';

export interface CreateWorkerOptions extends Pick<WorkerOptions, Connected> {
  readonly world: World;
  readonly hosting: Pick<Hosting, 'activities' | 'graceMs'>;
  /** Aborted when the worker is asked to stop, so that lanes end with their batch. */
  readonly stopping?: AbortSignal;
}

export const createWorker = ({
  world,
  hosting,
  stopping,
  ...options
}: CreateWorkerOptions): Promise<Worker> =>
  Worker.create({
    ...options,
    activities: { ...temporalActivities(world, stopping), ...hosting.activities(world) },
    shutdownGraceTime: hosting.graceMs,
  });
