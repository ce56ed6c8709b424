/**
 * Enrols people through ingest, in batches: those of a table are identified first. What is wrong with one
 * of them is named by row and field, and the others go on.
 */
import { randomUUID } from 'node:crypto';
import type { UserAnswer } from '../../activities/entry/enrol-users.ts';
import type { CsvProblem } from '../../ingest/read-csv.ts';
import { journeyPath, type IngestClient, type IngestProblem } from '../ingest-client.ts';
import { inBatches, sendMessages } from '../send-messages.ts';
import type { Terminal } from '../terminal.ts';
import {
  givenPeople,
  keyOf,
  oncePerPerson,
  type EnrolOptions,
  type GivenPerson,
} from './given-people.ts';

/** Somebody who was not enrolled because of what was given, or was without some of it. */
export interface BadRow extends Omit<CsvProblem, 'row'> {
  /** Null: given with --user. */
  readonly row: number | null;
}

export interface EnrolSummary {
  readonly journey: string;
  readonly dryRun: boolean;
  /** People who were given, the bad ones not counted. */
  readonly people: number;
  readonly identified: number;
  readonly entered: number;
  /** How many were refused by the journey's rules, by reason. */
  readonly refused: { readonly [reason: string]: number };
  readonly bad: readonly BadRow[];
}

export async function enrolPeople(
  journey: string,
  options: EnrolOptions,
  ingest: IngestClient,
  terminal: Terminal,
): Promise<EnrolSummary> {
  const { dryRun = false } = options;
  const { people, bad: misread, notes } = await givenPeople(journey, options);
  for (const note of notes) terminal.note(note);
  const seen = new Set<string>();
  const bad: BadRow[] = [...misread];
  const refused: Record<string, number> = {};
  let identified = 0;
  let entered = 0;
  let done = 0;
  // Before any lead is sent: a name that ingest does not know would fail after all were identified.
  if (!dryRun) await ingest.get(`${journeyPath(journey)}/steps`);
  const call = randomUUID();
  for await (const batch of dryRun ? [] : inBatches(people, toMessage)) {
    const table = batch.filter(({ traits }) => traits !== undefined);
    const sent = await sendMessages(ingest, table, toMessage);
    for (const { item, problem } of sent.refused) bad.push(badRow(item, problem));
    identified += sent.taken.length;
    const gone = new Set(sent.refused.map(({ item }) => item));
    const entering = oncePerPerson(batch.filter((person) => !gone.has(person))).filter(
      (person) => !seen.has(keyOf(person)),
    );
    for (const person of entering) seen.add(keyOf(person));
    const answers = await enter(ingest, journey, entering, `${call}/${done}`);
    answers.forEach((each, i) => {
      if (each.verdict === 'enter') entered += 1;
      else if (each.reason === 'unknown-user') bad.push(unknown(entering[i]));
      else refused[each.reason] = (refused[each.reason] ?? 0) + 1;
    });
    done += batch.length;
    terminal.progress(`${done} of ${people.length} people, ${entered} entered`);
  }
  return {
    journey,
    dryRun,
    people: oncePerPerson(people).length,
    identified,
    entered,
    refused,
    bad,
  };
}

async function enter(
  ingest: IngestClient,
  journey: string,
  people: readonly GivenPerson[],
  messageId: string,
): Promise<readonly UserAnswer[]> {
  if (people.length === 0) return [];
  const asked = { journey, users: people.map(({ user }) => user), messageId };
  return (await ingest.post<{ readonly users: readonly UserAnswer[] }>('/v1/enrol', asked)).users;
}

const toMessage = ({ user: { userId }, traits }: GivenPerson): object => ({
  type: 'identify',
  ...(userId === undefined ? {} : { userId }),
  traits: traits ?? {},
});

const badRow = ({ row }: GivenPerson, { path, expected, received }: IngestProblem): BadRow => ({
  row,
  field: path.replace(/^traits\./, ''),
  expected,
  received,
  leavesOut: 'row',
});

const unknown = (person: GivenPerson | undefined): BadRow => ({
  row: person?.row ?? null,
  field: 'userId',
  expected: 'somebody who is known',
  received: person?.row == null ? (person?.user.userId ?? 'nobody') : 'somebody else',
  leavesOut: 'row',
});
