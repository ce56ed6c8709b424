/** A project's recording: leads and what they did, and how far it is from today. Bad rows are named, the others are played. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import * as z from 'zod';
import type { BehaviourItem } from '../../activities/behaviour/behaviour-item.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { type CsvLead, readLeadsCsv } from '../../ingest/read-csv.ts';
import { readBehaviourNdjson } from '../../ingest/read-ndjson.ts';
import type { SalesTeam } from '../../rehearsal/sales-team.ts';
import { problemLine } from '../answer.ts';

export interface Recording {
  readonly leads: readonly CsvLead[];
  /** With instants as they were recorded. */
  readonly behaviour: readonly BehaviourItem[];
  /** How sales answered, where the recording says so. */
  readonly sales: SalesTeam | undefined;
  /** Days from the recording's first to this week's same day: whole weeks, so that weekends stay weekends. */
  readonly shiftDays: number;
  /** Midnight (UTC) of the first day, as played. */
  readonly from: Instant;
  /** One line for each bad row. */
  readonly problems: readonly string[];
}

const DAY_MS = 86_400_000;
const recordingFile = z.object({ from: z.iso.date() });

/**
 * Reads `leads.csv`, `behaviour.ndjson`, `recording.json` (`{ from }`, the day it was recorded) and, where
 * there is one, `sales.ts`.
 */
export async function readRecording(
  directory: string,
  project: Project,
  now: Instant,
): Promise<Recording> {
  const read = (name: string) =>
    readFile(join(directory, name), 'utf8').catch(() => {
      throw new Error(
        `${join(directory, name)}: expected a recording beside the config, received no such file. ` +
          'See examples/three-month-nurture for one. [recording-missing]',
      );
    });
  if (project.lead === undefined) throw new Error('The config has no journey. [config-invalid]');
  const { from: recorded } = recordingFile.parse(JSON.parse(await read('recording.json')));
  const weeks = Math.floor((now - Date.parse(recorded)) / (7 * DAY_MS));
  const from = Date.parse(recorded) + 7 * weeks * DAY_MS;
  const table = readLeadsCsv(await read('leads.csv'), project.lead);
  const lines = readBehaviourNdjson(await read('behaviour.ndjson'), 'recording');
  return {
    leads: table.leads,
    behaviour: lines.items,
    sales: await loadSales(join(directory, 'sales.ts')),
    shiftDays: 7 * weeks,
    from,
    problems: [
      ...table.problems.map((each) =>
        problemLine(`leads.csv row ${each.row}${each.field && `, ${each.field}`}`, each),
      ),
      ...lines.problems.map((each) =>
        problemLine(`behaviour.ndjson line ${each.line}${each.path && `, ${each.path}`}`, each),
      ),
    ],
  };
}

async function loadSales(file: string): Promise<SalesTeam | undefined> {
  if (!existsSync(file)) return undefined;
  const loaded: { sales?: SalesTeam } = await tsImport(pathToFileURL(file).href, import.meta.url);
  return loaded.sales;
}
