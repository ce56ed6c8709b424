/** Behaviour to ingest, in batches. Bad lines are named and left out, the others go on. */
import type { Warning } from '../../activities/behaviour/record-behaviour.ts';
import { printWarning } from '../../activities/behaviour/data-warnings.ts';
import { linesIf, plural, problemLines } from '../answer.ts';
import type { IngestClient } from '../ingest-client.ts';
import { inBatches, sendMessages } from '../send-messages.ts';
import type { Terminal } from '../terminal.ts';
import {
  behaviourGiven,
  type BadLine,
  type BehaviourOptions,
  type GivenMessage,
} from './behaviour-given.ts';

interface TrackSummary {
  readonly sent: number;
  readonly recorded: number;
  readonly duplicates: number;
  readonly identified: number;
  /** Entries into journeys that the behaviour caused. */
  readonly entered: number;
  readonly bad: readonly BadLine[];
  /** What was recorded and did not fit. */
  readonly warnings: readonly LineWarning[];
}

interface LineWarning extends Omit<Warning, 'item'> {
  /** Null: given by the command itself. */
  readonly line: number | null;
  readonly name: string;
}

/** @throws as `behaviourGiven`. */
export async function track(
  event: string | undefined,
  options: BehaviourOptions,
  ingest: IngestClient,
  terminal: Terminal,
): Promise<TrackSummary> {
  const bad: BadLine[] = [];
  const given = behaviourGiven(event, options, (line) => bad.push(line));
  const warnings: LineWarning[] = [];
  const total = { sent: 0, recorded: 0, duplicates: 0, identified: 0, entered: 0 };
  for await (const batch of inBatches(given, messageOf)) {
    const { taken, refused, result } = await sendMessages(ingest, batch, messageOf);
    for (const { item, problem } of refused) bad.push({ ...problem, line: item.line });
    total.sent += taken.length;
    total.recorded += result.recorded;
    total.duplicates += result.duplicates;
    total.identified += result.identified;
    total.entered += result.entered;
    for (const { item, ...warning } of result.warnings ?? []) {
      const { line = null, message } = taken[item] ?? {};
      warnings.push({ ...warning, line, name: nameIn(message) });
    }
    terminal.progress(`${total.sent} sent`);
  }
  return { ...total, warnings, bad: bad.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

const nameIn = (message: object | undefined): string => {
  const { event } = { event: undefined, ...message };
  return typeof event === 'string' ? event : 'identify';
};

const messageOf = ({ message }: GivenMessage): object => message;

const MOST_WARNINGS = 20;

/** For people. */
export function printTracked(summary: TrackSummary): string {
  const { recorded, duplicates, identified, entered, bad, warnings } = summary;
  const people = (count: number) => plural(count, 'person', 'people');
  return [
    `${plural(recorded, 'event')} recorded.`,
    ...linesIf(identified > 0, `${people(identified)} identified.`),
    ...linesIf(duplicates > 0, `${plural(duplicates, 'line')} known already: nothing changed.`),
    ...linesIf(entered > 0, `${people(entered)} entered a journey by it.`),
    ...warnings
      .slice(0, MOST_WARNINGS)
      .map((each) => `! ${each.line === null ? '' : `line ${each.line}: `}${printWarning(each)}`),
    ...linesIf(
      warnings.length > MOST_WARNINGS,
      `and ${warnings.length - MOST_WARNINGS} more warnings (--json lists all)`,
    ),
    ...linesIf(
      bad.length > 0,
      `${plural(bad.length, 'problem')}, those lines were left out:`,
      ...problemLines(
        bad,
        ({ line, path }) => `${line === null ? '' : `line ${line}, `}${path || 'the whole'}`,
      ),
      'Correct these and send the file again: what was recorded stays as it is.',
    ),
  ].join('\n');
}
