/** What is played: leads, what they did, and from when. Bad rows are named, the others are played. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import * as z from 'zod';
import type { BehaviourItem } from '../../activities/behaviour/behaviour-item.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { type CsvLead, readLeadsCsv } from '../../ingest/read-csv.ts';
import { readBehaviourNdjson } from '../../ingest/read-ndjson.ts';
import type { SalesTeam } from '../../rehearsal/sales-team.ts';
import { readText } from '../read-text.ts';
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
  /** The journey that every lead of the file enters at the start. */
  readonly enrol: string | undefined;
  /** One line for each bad row. */
  readonly problems: readonly string[];
}

export interface RecordingFiles {
  readonly leads?: string;
  readonly behaviour?: string;
  readonly enrol?: string;
}

const DAY_MS = 86_400_000;
const recordingFile = z.object({ from: z.iso.date() });

/**
 * Reads the files that are given, else those beside the config: `leads.csv`, `behaviour.ndjson`, and where there are
 * any `sales.ts` (or `.js`) and `recording.json` (`{ from }`: the day it was recorded; it is played as of today).
 *
 * @throws Error [nothing-to-play, unknown-journey]
 */
export async function readRecording(
  directory: string,
  project: Project,
  given: RecordingFiles,
  now: Instant,
): Promise<Recording> {
  if (project.lead === undefined) throw new Error('The config has no journey. [config-invalid]');
  const leadsFile = fileOf(given.leads, join(directory, 'leads.csv'));
  const behaviourFile = fileOf(given.behaviour, join(directory, 'behaviour.ndjson'));
  if (leadsFile === undefined && behaviourFile === undefined) throw nothingToPlay(directory);
  const table = readLeadsCsv(await textOf(leadsFile), project.lead, [
    ...project.topics,
    ...Object.keys(project.config.topics ?? {}),
  ]);
  const lines = readBehaviourNdjson(await textOf(behaviourFile), 'recording');
  const recorded = await recordedFrom(directory, given);
  const first = lines.items.reduce((least, { at }) => Math.min(least, at), now);
  const from = recorded === undefined ? midnight(first) : Date.parse(recorded);
  const weeks = recorded === undefined ? 0 : Math.floor((now - from) / (7 * DAY_MS));
  return {
    leads: table.leads,
    behaviour: lines.items,
    sales: await loadSales(directory),
    shiftDays: 7 * weeks,
    from: from + 7 * weeks * DAY_MS,
    enrol: enrolIn(project, given.enrol, lines.items.length === 0),
    problems: [
      ...table.problems.map((each) =>
        problemLine(
          `${basename(leadsFile ?? '')} row ${each.row}${each.field && `, ${each.field}`}`,
          each,
        ),
      ),
      ...lines.problems.map((each) =>
        problemLine(
          `${basename(behaviourFile ?? '')} line ${each.line}${each.path && `, ${each.path}`}`,
          each,
        ),
      ),
    ],
  };
}

/** One that is named must be there; the usual one may be. */
const fileOf = (given: string | undefined, usual: string): string | undefined =>
  given ?? (existsSync(usual) ? usual : undefined);

const textOf = async (file: string | undefined): Promise<string> =>
  file === undefined
    ? ''
    : readText(file)
        .then(({ text }) => text)
        .catch(() => {
          throw new Error(
            `${file}: expected a file to read, received none. Correct its name. [file-missing]`,
          );
        });

const midnight = (at: Instant): Instant => Math.floor(at / DAY_MS) * DAY_MS;

/** Files of somebody's own are played when they happened. */
async function recordedFrom(
  directory: string,
  { leads, behaviour }: RecordingFiles,
): Promise<string | undefined> {
  const file = join(directory, 'recording.json');
  if (leads !== undefined || behaviour !== undefined || !existsSync(file)) return undefined;
  return recordingFile.parse(JSON.parse(await readFile(file, 'utf8'))).from;
}

/** Where nobody does anything, nobody would enter by themselves. */
function enrolIn(
  { plans }: Project,
  journey: string | undefined,
  isStill: boolean,
): string | undefined {
  const [first] = plans.keys();
  if (journey === undefined) return isStill ? first : undefined;
  if (plans.has(journey)) return journey;
  throw new Error(
    `--enrol: expected one of ${[...plans.keys()].join(', ')}, received ${JSON.stringify(journey)}. Name one of them. [unknown-journey]`,
  );
}

const nothingToPlay = (directory: string): Error =>
  new Error(
    `${directory}: expected leads.csv or behaviour.ndjson beside the config, received neither. ` +
      'Name yours: cultivo play --leads my.csv --behaviour my.ndjson. [nothing-to-play]',
  );

async function loadSales(directory: string): Promise<SalesTeam | undefined> {
  const file = ['sales.ts', 'sales.js'].map((name) => join(directory, name)).find(existsSync);
  if (file === undefined) return undefined;
  const loaded: { sales?: SalesTeam } = await tsImport(pathToFileURL(file).href, import.meta.url);
  return loaded.sales;
}
