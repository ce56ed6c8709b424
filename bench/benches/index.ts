/** The benchmarks, in the order in which they run. */
import type { Bench } from '../bench.ts';
import { cohortOfOne } from './cohort-of-one.ts';

export const BENCHES: readonly Bench[] = [cohortOfOne];
