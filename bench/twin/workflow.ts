/** The hand-written twin of a journey: an ordinary workflow with a timer and a regular activity per touch. */
import { proxyActivities, sleep } from '@temporalio/workflow';

export interface TwinActivities {
  touch(asked: { readonly lead: string; readonly name: string }): Promise<void>;
}

export interface TwinInput {
  readonly lead: string;
  /** When each touch is due, in milliseconds since 1970. */
  readonly touches: readonly { readonly name: string; readonly due: number }[];
}

const { touch } = proxyActivities<TwinActivities>({ startToCloseTimeout: '30 seconds' });

export async function twin({ lead, touches }: TwinInput): Promise<void> {
  for (const { name, due } of touches) {
    await sleep(Math.max(due - Date.now(), 0));
    await touch({ lead, name });
  }
}
