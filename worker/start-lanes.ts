/** Starts the lanes' workflows, or finds them running. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import type { World } from '../activities/world.ts';
import type { LaneInput } from '../workflows/lane-workflow.ts';

type Lanes = Pick<World, 'lanes'>;

/** One workflow per lane and task queue, for all workers together. */
export async function startLanes({ lanes }: Lanes, client: Client, taskQueue: string) {
  await Promise.all(
    [...lanes.keys()].map((lane) =>
      client.workflow.start('laneWorkflow', {
        workflowId: laneId(taskQueue, lane),
        taskQueue,
        args: [{ lane } satisfies LaneInput],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        staticSummary: `the ${lane} lane`,
      }),
    ),
  );
}

/** False where it was never started, or Temporal has lost it. */
export async function laneRuns(client: Client, taskQueue: string, lane: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(laneId(taskQueue, lane)).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Ends the lanes for good: tests and demonstrations, whose task queue is theirs alone. */
export async function stopLanes({ lanes }: Lanes, client: Client, taskQueue: string) {
  await Promise.all(
    [...lanes.keys()].map(async (lane) => {
      try {
        await client.workflow.getHandle(laneId(taskQueue, lane)).terminate();
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }),
  );
}

const laneId = (taskQueue: string, lane: string): string => `lane/${taskQueue}/${lane}`;
