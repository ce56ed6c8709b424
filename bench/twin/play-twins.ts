/** Plays hand-written journeys with short waits, all at once, and says what rate that makes. */
import { atMost } from '../../activities/lanes/pacer.ts';
import { type Rate, rateOf } from '../rate-of.ts';
import { PAUSE_MS, TOUCHES } from '../touches.ts';
import { twinStage } from './twin-stage.ts';

/** As many as our own deliveries. */
const STARTS_AT_ONCE = 16;

export async function playTwins(count: number): Promise<Rate> {
  const { server, worker, start } = await twinStage();
  const touches = Array.from({ length: TOUCHES }, (_, i) => ({
    name: `touch-${i + 1}`,
    dueMs: (i + 1) * PAUSE_MS,
  }));
  return worker.runUntil(() =>
    rateOf(count * TOUCHES, async () => {
      const ids = await atMost(STARTS_AT_ONCE, Array.from({ length: count }), () => start(touches));
      await Promise.all(ids.map((id) => server.client.workflow.getHandle(id).result()));
    }),
  );
}
