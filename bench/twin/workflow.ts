/** The hand-written twin of a journey: an ordinary workflow with a timer and a regular activity per touch. */
import { proxyActivities, sleep } from '@temporalio/workflow';

export interface TwinActivities {
  touch(asked: { readonly lead: string; readonly name: string }): Promise<void>;
}

export interface TwinInput {
  readonly lead: string;
  /** When each touch is due, in milliseconds after entry. */
  readonly touches: readonly { readonly name: string; readonly dueMs: number }[];
}

const { touch } = proxyActivities<TwinActivities>({ startToCloseTimeout: '30 seconds' });

export async function twin({ lead, touches }: TwinInput): Promise<void> {
  const entered = Date.now();
  for (const { name, dueMs } of touches) {
    await sleep(Math.max(entered + dueMs - Date.now(), 0));
    await touch({ lead, name });
  }
}
