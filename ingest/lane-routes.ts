/**
 * `GET /v1/lanes`: how many rows of each lane were set aside or are tried in vain, with their codes, nobody's name.
 * `POST /v1/lanes/:lane/retry`: what was set aside is tried again.
 */
import { Hono } from 'hono';
import * as z from 'zod';
import { retryLane } from '../activities/lanes/retry-lane.ts';
import type { World } from '../activities/world.ts';
import { groupBy } from '../store/group-by.ts';
import { laneRows } from '../store/tables/index.ts';
import { receiving, requireKey, type ReceiveOptions } from './receive-body.ts';
import { unknownLane } from './refusals.ts';

export interface LaneTrouble {
  readonly lane: string;
  /** Wait for somebody: `POST /v1/lanes/:lane/retry`. */
  readonly aside: readonly Trouble[];
  /** Failed, and will be tried again by themselves. */
  readonly failing: readonly Trouble[];
}

interface Trouble {
  readonly code: string;
  readonly count: number;
  /** The earliest instant from which on these failed while others did not; null: nobody knows of any. */
  readonly since: string | null;
}

export interface LaneRetried {
  readonly lane: string;
  readonly retried: number;
}

export function laneRoutes(world: World, options: ReceiveOptions): Hono {
  const app = new Hono();
  app.get('*', requireKey(options));
  app.get('/', async (context) => context.json({ lanes: await troubles(world) }));
  app.post(
    '/:lane/retry',
    receiving(options, z.object({}), async (_, context) => {
      const lane = context.req.param('lane') ?? '';
      if (!world.lanes.has(lane)) return unknownLane(context, world.lanes.keys());
      const retried: LaneRetried = { lane, retried: await retryLane(world, lane) };
      return context.json(retried, 202);
    }),
  );
  return app;
}

async function troubles({ store, lanes }: World): Promise<readonly LaneTrouble[]> {
  const counts = await store.transaction((tx) =>
    tx.count(laneRows, ['lane', 'status', 'code', 'since'], {
      lane: [...lanes.keys()],
      status: ['aside', 'claimed', 'later'],
    }),
  );
  const of = (lane: string, isMeant: (status: string) => boolean): readonly Trouble[] => {
    const rows = counts.filter((row) => row.lane === lane && isMeant(row.status));
    return [...groupBy(rows, ({ code }) => code)].flatMap(([code, same]) => {
      if (code === null) return [];
      const since = same.flatMap((row) => row.since ?? []);
      return {
        code,
        count: same.reduce((total, { count }) => total + count, 0),
        since: since.length === 0 ? null : new Date(Math.min(...since)).toISOString(),
      };
    });
  };
  return [...lanes.keys()].map((lane) => ({
    lane,
    aside: of(lane, (status) => status === 'aside'),
    failing: of(lane, (status) => status !== 'aside'),
  }));
}
