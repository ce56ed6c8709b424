/** Posts messages to ingest over HTTP, as senders of behaviour do. */
import type { SegmentMessage } from './to-segment.ts';

const MOST_AT_ONCE = 500;

/** @throws Error with what ingest answered, when it did not take them. */
export async function postBatch(
  url: string,
  messages: readonly SegmentMessage[],
  writeKey?: string,
): Promise<void> {
  for (let i = 0; i < messages.length; i += MOST_AT_ONCE) {
    const response = await fetch(`${url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ batch: messages.slice(i, i + MOST_AT_ONCE), writeKey }),
    });
    if (!response.ok)
      throw new Error(`Ingest answered ${response.status}: ${await response.text()}`);
  }
}
