/** The plan that a run needs is not in this worker: one that has it can go on. */
export class PlanMissingError extends Error {
  override readonly name = 'PlanMissingError';

  constructor(hash: string) {
    super(
      `Plan ${hash}: expected it in this worker, received none. ` +
        `Deploy a worker whose plans/ folder holds it (git log -- plans/*/${hash}.json). [plan-missing]`,
    );
  }
}
