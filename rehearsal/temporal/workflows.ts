/** The workflow bundle of a worker that skips time. */
import { CohortHost } from '../../workflows/cohort-host.ts';
import { temporalEngine } from '../../workflows/temporal-engine.ts';
import { SkippedTime, type SkippingInput } from './skipped-time.ts';

export { laneWorkflow } from '../../workflows/lane-workflow.ts';

export default async function cohortWorkflow(input: SkippingInput): Promise<void> {
  const time = new SkippedTime(input);
  await new CohortHost(input, time, temporalEngine, time.handOn).run();
}
