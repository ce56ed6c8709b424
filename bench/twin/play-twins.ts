/** Plays hand-written journeys with short waits, all at once, and says how many touches a second that makes. */
import { atMost } from '../../activities/lanes/at-most.ts';
import { PAUSE_MS, TOUCHES } from '../touches.ts';
import { twinStage } from './twin-stage.ts';

/** As many as our own deliveries. */
const STARTS_AT_ONCE = 16;

export async function playTwins(count: number): Promise<number> {
  const { server, worker, start } = await twinStage();
  const touches = Array.from({ length: TOUCHES }, (_, i) => ({
    name: `touch-${i + 1}`,
    dueMs: (i + 1) * PAUSE_MS,
  }));
  return worker.runUntil(async () => {
    const begun = performance.now();
    const ids = await atMost(STARTS_AT_ONCE, Array.from({ length: count }), () => start(touches));
    await Promise.all(ids.map((id) => server.client.workflow.getHandle(id).result()));
    return (count * TOUCHES) / ((performance.now() - begun) / 1000);
  });
}
