/** What one more event costs somebody with a long past, beside somebody with a short one; and how long a batch of theirs holds everything up. On Postgres. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { recordBehaviour } from '../../activities/behaviour/record-behaviour.ts';
import type { BehaviourItem } from '../../activities/behaviour/behaviour-item.ts';
import * as z from 'zod';
import {
  days,
  event,
  journey,
  lead,
  not,
  points,
  score,
  scoring,
  waitDays,
} from '../../dsl/index.ts';
import { openStore } from '../../store/open-store.ts';
import { recordingWorld } from '../../test/fixtures/recording-world.ts';
import { startPostgres } from '../../test/postgres.ts';
import type { Figure } from '../bench.ts';
import { median } from '../measure.ts';

const AT = Date.UTC(2026, 2, 2, 10);
const MINUTE_MS = 60_000;
const LONG = 10_000;
const SHORT = 10;
const ROUNDS = 60;
const BATCH = 1_000;

const Viewed = event('Viewed');
const Opened = event('Opened');

const config = {
  journeys: [
    journey('hot', { lead: lead(z.object({ email: z.string() })), enter: score.above(1_000_000) }, [
      waitDays(1),
    ]),
  ],
  scoring: scoring({
    engagement: [
      points(5, { on: Viewed, halfLife: days(14), atMost: 60, atMostPerDay: 20 }),
      points(3, { on: Opened, halfLife: days(30) }),
      points(-10, { name: 'quiet', while: not(Opened.happened({ within: days(30) })) }),
    ],
  }),
};

export const about = 'one more event of somebody with a long past, a journey entered by score';

export async function run(): Promise<readonly Figure[]> {
  const postgres = await startPostgres();
  const store = await openStore({ databaseUrl: await postgres.createDatabase() });
  try {
    const world = recordingWorld(config, AT, store);
    let ids = 0;
    const viewed = (userId: string): BehaviourItem => ({
      type: 'track',
      source: 'web',
      id: `e${(ids += 1)}`,
      userId,
      name: ids % 3 === 0 ? 'Opened' : 'Viewed',
      at: AT + ids * MINUTE_MS,
      properties: { page: '/pricing' },
    });
    const live = async (who: string, count: number): Promise<void> => {
      for (let left = count; left > 0; left -= 500) {
        const batch = Array.from({ length: Math.min(left, 500) }, () => viewed(who));
        await recordBehaviour(world, batch);
      }
    };
    await live('long', LONG);
    await live('short', SHORT);
    const took: Record<string, number[]> = { long: [], short: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const who of ['long', 'short']) {
        const began = performance.now();
        await recordBehaviour(world, [viewed(who)]);
        took[who]?.push(performance.now() - began);
      }
    }
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const batch = Array.from({ length: BATCH }, () => viewed('long'));
    await turn();
    delay.enable();
    await recordBehaviour(world, batch);
    delay.disable();
    return [
      {
        what: `one event after ${LONG} others`,
        unit: 'ms',
        ours: median(took['long'] ?? []),
        other: { name: `after ${SHORT}`, value: median(took['short'] ?? []) },
        goal: { of: 'ratio', atMost: 2 },
      },
      {
        what: `longest that a batch of ${BATCH} of theirs holds the event loop`,
        unit: 'ms',
        ours: delay.max / 1e6,
        goal: { of: 'ours', atMost: 100 },
      },
    ];
  } finally {
    await store.close();
    await postgres.stop();
  }
}
