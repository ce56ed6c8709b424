/** Has rows of a lane that were set aside tried again: those of a batch that may have been accepted as that batch. */
import { groupBy } from '../../store/group-by.ts';
import { laneRows } from '../../store/tables/index.ts';
import type { LaneWorld } from './lane.ts';

const ANEW = { code: null, detail: null, notBefore: null, since: null } as const;

/** @returns how many rows are tried again. */
export const retryLane = ({ store }: Pick<LaneWorld, 'store'>, lane: string): Promise<number> =>
  store.transaction(async (tx) => {
    const aside = await tx.find(laneRows, { lane, status: 'aside' });
    for (const [batch, rows] of groupBy(aside, (row) => row.batch)) {
      // A first attempt was long ago.
      const again =
        batch === null
          ? { ...ANEW, status: 'waiting' as const, attempts: 0 }
          : { ...ANEW, status: 'claimed' as const, attempts: 0 };
      await tx.change(
        laneRows,
        rows.map(({ key }) => ({ lane, key, ...again })),
        { status: 'aside' },
      );
    }
    return aside.length;
  });
