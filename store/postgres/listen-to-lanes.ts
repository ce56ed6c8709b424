/**
 * Rings the bell for rows that any process added, through one connection of its own that is made
 * anew when it breaks. After each reconnection every lane rings: something may have been missed.
 */
import pg from 'pg';
import type { LaneBell } from '../lane-bell.ts';
import { LANES_CHANNEL } from './lanes-channel.ts';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/** Listens once the promise resolves, which fails when the first connection does; the answer stops it. */
export async function listenToLanes(
  config: pg.ClientConfig,
  bell: LaneBell,
): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...config, keepAlive: true });
    // Without a listener, a broken connection would end the process; `end` follows every error.
    next.on('error', () => undefined);
    next.on('notification', ({ payload }) => bell.ring(payload ?? ''));
    try {
      await next.connect();
      await next.query(`listen ${LANES_CHANNEL}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    if (stopped) return next.end();
    client = next;
    next.once('end', () => reconnect(FIRST_RETRY_MS));
  }

  function reconnect(delayMs: number): void {
    client = undefined;
    if (stopped) return;
    retry = setTimeout(() => {
      connect().then(
        () => bell.ringAll(),
        () => reconnect(Math.min(delayMs * 2, LONGEST_RETRY_MS)),
      );
    }, delayMs);
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end();
  };
}
