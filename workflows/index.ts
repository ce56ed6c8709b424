/** The worker's workflow bundle: every journey is the one dynamic workflow; lanes have their own. */
import { CohortHost } from './cohort-host.ts';
import type { CohortInput } from './cohort-input.ts';
import { temporalEngine } from './temporal-engine.ts';
import { realTime } from './time.ts';

export { laneWorkflow } from './lane-workflow.ts';

export default async function cohortWorkflow(input: CohortInput): Promise<void> {
  await new CohortHost(input, realTime, temporalEngine).run();
}
