/** Messages to ingest's batch route: what it refuses is taken out and told, the rest is sent without it. */
import type { RecordResult } from '../activities/behaviour/record-behaviour.ts';
import { isMalformed, type IngestClient, type IngestProblem } from './ingest-client.ts';

export interface Sent<Item> {
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
  const answer = await ingest.post<RecordResult>('/v1/batch', { batch: items.map(message) });
  if (!isMalformed(answer)) return { taken: items, refused: [], result: answer };
  const refused = answer.problems.flatMap((problem) => {
    const item = problem.item == null ? undefined : items[problem.item];
    return item === undefined ? [] : [{ item, problem }];
  });
  if (refused.length === 0) throw new Error(refusal(ingest.url, answer.problems));
  const bad = new Set(refused.map(({ item }) => item));
  const rest = await sendMessages(
    ingest,
    items.filter((item) => !bad.has(item)),
    message,
  );
  return { ...rest, refused: [...refused, ...rest.refused] };
}

/** What ingest refused as a whole, in words. */
export const refusal = (url: string, problems: readonly IngestProblem[]): string =>
  `${url} refused it: ${problems
    .map(
      ({ path, expected, received }) =>
        `${path && `${path}: `}expected ${expected}, received ${received}`,
    )
    .join('; ')}. Correct that and call again. [refused]`;
