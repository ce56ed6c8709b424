/** Behaviour to ingest, in batches. Bad lines are named and left out, the others go on. */
import { inBatches } from '../batches.ts';
import type { IngestClient } from '../ingest-client.ts';
import { plural } from '../plural.ts';
import { sendMessages } from '../send-messages.ts';
import type { Terminal } from '../terminal.ts';
import type { BadLine, GivenLine } from './behaviour-given.ts';

export interface TrackSummary {
  readonly sent: number;
  readonly recorded: number;
  readonly duplicates: number;
  readonly identified: number;
  /** Entries into journeys that the behaviour caused. */
  readonly entered: number;
  readonly bad: readonly BadLine[];
}

type Good = Extract<GivenLine, { message: object }>;

export async function track(
  given: AsyncIterable<GivenLine> | Iterable<GivenLine>,
  ingest: IngestClient,
  terminal: Terminal,
): Promise<TrackSummary> {
  const bad: BadLine[] = [];
  const total = { sent: 0, recorded: 0, duplicates: 0, identified: 0, entered: 0 };
  for await (const batch of inBatches(goodOf(given, bad), messageOf)) {
    const { taken, refused, result } = await sendMessages(ingest, batch, messageOf);
    for (const { item, problem } of refused) bad.push({ ...problem, line: item.line });
    total.sent += taken.length;
    total.recorded += result.recorded;
    total.duplicates += result.duplicates;
    total.identified += result.identified;
    total.entered += result.entered;
    terminal.progress(`${total.sent} sent`);
  }
  return { ...total, bad: bad.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

async function* goodOf(
  given: AsyncIterable<GivenLine> | Iterable<GivenLine>,
  bad: BadLine[],
): AsyncGenerator<Good> {
  for await (const line of given) {
    if ('bad' in line) bad.push(line.bad);
    else yield line;
  }
}

const messageOf = ({ message }: Good): object => message;

const MOST_SHOWN = 50;

/** For people. */
export function printTracked(summary: TrackSummary): string {
  const { recorded, duplicates, identified, entered, bad } = summary;
  const count = (number: number, text: string) => (number === 0 ? [] : [text]);
  return [
    `${plural(recorded, 'event')} recorded.`,
    ...count(identified, `${plural(identified, 'person', 'people')} identified.`),
    ...count(duplicates, `${plural(duplicates, 'line')} known already: nothing changed.`),
    ...count(entered, `${plural(entered, 'person', 'people')} entered a journey by it.`),
    ...count(bad.length, `${plural(bad.length, 'problem')}, those lines were left out:`),
    ...bad
      .slice(0, MOST_SHOWN)
      .map(
        ({ line, path, expected, received }) =>
          `  ${line === null ? '' : `line ${line}, `}${path || 'the whole'}: expected ${expected}, received ${received}`,
      ),
    ...count(
      Math.max(0, bad.length - MOST_SHOWN),
      `  and ${bad.length - MOST_SHOWN} more (--json lists all)`,
    ),
    ...count(
      bad.length,
      'Correct these and send the file again: what was recorded stays as it is.',
    ),
  ].join('\n');
}
