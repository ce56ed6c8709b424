/** A lane: one long-lived workflow whose one activity drains rows for a while, again and again. */
import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';

export interface LaneInput {
  readonly lane: string;
}

export interface LaneActivities {
  /** Ends after a while of its own accord, or at once when its worker stops. */
  drainLane(input: LaneInput): Promise<void>;
}

const { drainLane } = proxyActivities<LaneActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '10 seconds',
  summary: 'claim rows, send them in batches, record each outcome',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '1 minute' },
});

const MAX_EVENTS = 1_000;

export async function laneWorkflow(input: LaneInput): Promise<void> {
  while (!workflowInfo().continueAsNewSuggested && workflowInfo().historyLength < MAX_EVENTS) {
    await drainLane(input);
  }
  await continueAsNew<typeof laneWorkflow>(input);
}
