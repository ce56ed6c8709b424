/** The worker's workflow bundle: every journey is the one dynamic workflow; lanes have their own. */
export { cohortWorkflow as default } from './cohort-workflow.ts';
export { laneWorkflow } from './lane-workflow.ts';
