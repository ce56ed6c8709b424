/** The plan that a run needs is not in this worker. Fails the workflow task, so a worker that has it can go on. */
export class PlanMissingError extends Error {
  override readonly name = 'PlanMissingError';
}
