/** A batch's key: unique for all time, and it says when the batch was claimed. */
import type { Instant } from '../../dsl/plan.ts';

/** @param id new and opaque */
export const batchKey = (claimedAt: Instant, id: string): string =>
  `${claimedAt.toString(36)}.${id}`;

/** When the batch was claimed. */
export const claimedAt = (key: string): Instant => Number.parseInt(key, 36);
