/** What becomes of a row that was tried in vain, where a repeat has no second effect: later, and less and less often. */
import type { Instant } from '../../dsl/plan.ts';
import type { LaneRow } from '../../store/tables/index.ts';
import { withoutPersonalData } from '../without-personal-data.ts';
import type { RowOutcome } from './lane.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** So often at once, after the lane's own pause. From then on each row waits for itself. */
export const TRIES_TOGETHER = 3;
/** After this many, an hour, a row waits for somebody to look. */
const MOST_TRIES = 14;
/** And not before: tries that ended with their process, or with the store, say nothing of the row. */
const TRIED_FOR_MS = 30 * 60_000;
/** While whoever takes the rows is away, they are tried again within half a minute, however long it lasts. */
const AWAY_TRIES = 5;

export interface Tried {
  readonly code: string;
  readonly error: unknown;
  /** True where it may be that no row would pass now: it is never set aside for that. */
  readonly isAway: boolean;
  readonly now: Instant;
}

export function triedInVain(
  { key, attempts, since }: Pick<LaneRow, 'key' | 'attempts' | 'since'>,
  { code, error, isAway, now }: Tried,
): RowOutcome {
  const tries = Math.min(attempts + 1, isAway ? Math.max(AWAY_TRIES, attempts) : Infinity);
  const said = {
    key,
    code,
    detail: withoutPersonalData(String(error)),
    attempts: tries,
    since: since ?? now,
  };
  const isHopeless = tries >= MOST_TRIES && now - said.since >= TRIED_FOR_MS;
  if (!isAway && isHopeless) return { ...said, status: 'aside' };
  if (tries <= TRIES_TOGETHER) return { ...said, status: 'waiting' };
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  return { ...said, status: 'later', notBefore: now + pauseMs };
}
