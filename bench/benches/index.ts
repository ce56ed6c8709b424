/** The benchmarks, in the order in which they run. */
import type { Bench } from '../bench.ts';
import { cohortOfOne } from './cohort-of-one.ts';
import { cohorts } from './cohorts.ts';
import { rehearsal } from './rehearsal.ts';
import { skippedTime } from './skipped-time.ts';
import { workflowBundle } from './workflow-bundle.ts';

export const BENCHES: readonly Bench[] = [
  workflowBundle,
  rehearsal,
  skippedTime,
  cohortOfOne,
  cohorts,
];
