/** Behaviour to ingest's batch route: what it refuses is taken out and named, the rest is sent without it. */
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import type { RecordResult } from '../activities/behaviour/record-behaviour.ts';
import { RefusedError, type IngestClient, type IngestProblem } from './ingest-client.ts';

const MOST_ITEMS = 500;
/** Ingest takes 512 KB; what surrounds the items fits into the rest. */
const MOST_BYTES = 400 * 1_024;

/** Batches that ingest takes, in the order of the items; one that is larger than a batch has one of its own. */
export async function* inBatches<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  message: (item: Item) => unknown,
): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  let bytes = 0;
  for await (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(message(item))) + 1;
    if (batch.length === MOST_ITEMS || (batch.length > 0 && bytes + size > MOST_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

interface Sent<Item> {
  readonly taken: readonly Item[];
  readonly refused: readonly { readonly item: Item; readonly problem: IngestProblem }[];
  readonly result: RecordResult;
}

const NOTHING: RecordResult = { recorded: 0, duplicates: 0, identified: 0, entered: 0, refused: 0 };

export async function sendMessages<Item extends object>(
  ingest: IngestClient,
  items: readonly Item[],
  message: (item: Item) => unknown,
): Promise<Sent<Item>> {
  if (items.length === 0) return { taken: [], refused: [], result: NOTHING };
  try {
    const result = await ingest.post<RecordResult>('/v1/batch', { batch: items.map(message) });
    return { taken: items, refused: [], result };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const refused = error.problems.flatMap((problem) => {
      const item = problem.item == null ? undefined : items[problem.item];
      return item === undefined ? [] : [{ item, problem }];
    });
    if (refused.length === 0) throw error;
    const bad = new Set(refused.map(({ item }) => item));
    const others = items.filter((item) => !bad.has(item));
    const rest = await sendMessages(ingest, others, message);
    return { ...rest, refused: [...refused, ...rest.refused] };
  }
}

/** Recorded behaviour as any sender of it would post it. */
export function toSegment(item: BehaviourItem): object {
  const { id, at, source: _, ...said } = item;
  const message = { ...said, messageId: id, timestamp: new Date(at).toISOString() };
  return 'name' in message ? { ...message, event: message.name } : message;
}
