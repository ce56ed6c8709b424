/** Starts the lanes' workflows, or finds them running. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import type { Lane } from '../store/rows.ts';
import type { LaneInput } from '../workflows/lane-workflow.ts';

const LANES: readonly Lane[] = ['email', 'crm', 'signals'];

/** One workflow per lane and task queue, for all workers together. */
export async function startLanes(client: Client, taskQueue: string): Promise<void> {
  await Promise.all(
    LANES.map((lane) =>
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

/** Ends the lanes for good: tests and demonstrations, whose task queue is theirs alone. */
export async function stopLanes(client: Client, taskQueue: string): Promise<void> {
  await Promise.all(
    LANES.map(async (lane) => {
      try {
        await client.workflow.getHandle(laneId(taskQueue, lane)).terminate();
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }),
  );
}

const laneId = (taskQueue: string, lane: Lane): string => `lane/${taskQueue}/${lane}`;
