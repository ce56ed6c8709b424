/** One new item with what it meant: the unit in which scores, waking and entries are decided. */
import type { JsonObject } from '../../dsl/plan.ts';
import type { EventRow } from '../../store/rows.ts';

export interface Moment {
  /** What was recorded; `row.person` is who it belongs to now. */
  readonly row: EventRow;
  /** The person begins to exist with it. */
  readonly isFirst: boolean;
  /** The profile before and after it: the same value where nothing changed. */
  readonly before: JsonObject;
  readonly profile: JsonObject;
  /** The person's new zone, where it changed. */
  readonly zone?: string;
  /** It can have changed the score. */
  readonly score: boolean;
}

export const changedProfile = ({ before, profile }: Moment): boolean => before !== profile;
