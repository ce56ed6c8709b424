/** A project's recording: leads and what they did, and how far it is from today. Bad rows are named, the others are played. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { BehaviourItem } from '../../activities/behaviour/behaviour-item.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { type CsvLead, readLeadsCsv } from '../../ingest/read-csv.ts';
import { readBehaviourNdjson } from '../../ingest/read-ndjson.ts';

export interface Recording {
  readonly leads: readonly CsvLead[];
  /** With instants as they were recorded. */
  readonly behaviour: readonly BehaviourItem[];
  /** Days from the recording's first to this week's same day: whole weeks, so that weekends stay weekends. */
  readonly shiftDays: number;
  /** Midnight (UTC) of the first day, as played. */
  readonly from: Instant;
  /** One line for each bad row. */
  readonly problems: readonly string[];
}

const DAY_MS = 86_400_000;
const recordingFile = z.object({ from: z.iso.date() });

/** Reads `leads.csv`, `behaviour.ndjson` and `recording.json` (`{ from }`, the day it was recorded). */
export async function readRecording(
  directory: string,
  project: Project,
  now: Instant,
): Promise<Recording> {
  const read = (name: string) => readFile(join(directory, name), 'utf8');
  if (project.lead === undefined) throw new Error('The config has no journey. [config-invalid]');
  const { from: recorded } = recordingFile.parse(JSON.parse(await read('recording.json')));
  const weeks = Math.floor((now - Date.parse(recorded)) / (7 * DAY_MS));
  const from = Date.parse(recorded) + 7 * weeks * DAY_MS;
  const table = readLeadsCsv(await read('leads.csv'), project.lead);
  const lines = readBehaviourNdjson(await read('behaviour.ndjson'), { source: 'recording' });
  return {
    leads: table.leads,
    behaviour: lines.items,
    shiftDays: 7 * weeks,
    from,
    problems: [
      ...table.problems.map(
        ({ row, field, expected, received }) =>
          `leads.csv row ${row}${field && `, ${field}`}: expected ${expected}, received ${received}`,
      ),
      ...lines.problems.map(
        ({ line, path, expected, received }) =>
          `behaviour.ndjson line ${line}${path && `, ${path}`}: expected ${expected}, received ${received}`,
      ),
    ],
  };
}
