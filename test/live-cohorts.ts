/** One project on the real server without lanes of its own: tests drain, deploy and look by themselves. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { inject, onTestFinished } from 'vitest';
import type { World } from '../activities/world.ts';
import { memoryPorts, newWorld } from '../channels/index.ts';
import type { Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { readEnvironment } from '../worker/environment.ts';
import { inRealTime } from '../worker/hosting.ts';
import { temporalActivities } from '../worker/temporal-activities.ts';
import { temporalCohorts } from '../worker/temporal-cohorts.ts';

export interface LiveCohorts {
  readonly world: World;
  readonly client: Client;
  /** Runs a worker that has these plans and no others while `work` does. */
  whileDeployed<T>(plans: readonly Plan[], work: () => Promise<T>): Promise<T>;
}

export async function liveCohorts(project: Project): Promise<LiveCohorts> {
  const { address, namespace } = inject('temporalServer');
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  onTestFinished(async () => {
    await native.close();
    await connection.close();
  });
  const taskQueue = `cohorts-${randomUUID()}`;
  const client = new Client({ connection, namespace });
  const world = newWorld({
    project,
    store: memoryStore(),
    ports: memoryPorts(),
    cohorts: temporalCohorts({ client, taskQueue, project }),
  });
  const deploy = async (plans: readonly Plan[]): Promise<Worker> =>
    Worker.create({
      connection: native,
      namespace,
      taskQueue,
      workflowBundle: await bundleWorkflows({
        workflows: inRealTime.workflows,
        cacheDirectory: readEnvironment().CULTIVO_CACHE,
        plans,
      }),
      activities: temporalActivities({
        ...world,
        plan: (hash) => plans.find((plan) => plan.hash === hash),
      }),
    });
  return {
    world,
    client,
    whileDeployed: async (plans, work) => (await deploy(plans)).runUntil(work),
  };
}
