/** Cuts what is to be sent into batches that ingest takes: by number and by size. */

const MOST_ITEMS = 500;
/** Ingest takes 512 KB; what stands around the items fits into the rest. */
const MOST_BYTES = 400 * 1_024;

/** One after the other, as the items come; an item larger than a batch has one of its own. */
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
