/** Whom the command line names: user ids, and the leads of a table as the config's lead model reads them. */
import type { UserName } from '../../activities/entry/enrol-users.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { CsvLead, CsvProblem } from '../../ingest/read-csv.ts';
import { groupBy } from '../../store/group-by.ts';
import { latin1Note, readText } from '../read-text.ts';
import type { Globals } from '../options.ts';

export interface EnrolOptions extends Globals {
  readonly user?: readonly string[];
  readonly csv?: string;
  readonly dryRun?: boolean;
}

export interface GivenPerson {
  /** As a spreadsheet counts; null: given with --user. */
  readonly row: number | null;
  readonly user: UserName;
  /** Of a table: to be identified with these. */
  readonly traits?: JsonObject;
}

interface GivenPeople {
  readonly people: readonly GivenPerson[];
  readonly bad: readonly CsvProblem[];
  /** What else is worth knowing of the table, a sentence each. */
  readonly notes: readonly string[];
}

/** @throws Error [nobody-given, file-missing, unknown-journey] */
export async function givenPeople(
  journey: string,
  { config, user = [], csv }: EnrolOptions,
): Promise<GivenPeople> {
  if (user.length === 0 && csv === undefined) {
    throw new Error(
      'Expected --user or --csv, received neither. Say whom to enrol. [nobody-given]',
    );
  }
  const named = user.map((userId): GivenPerson => ({ row: null, user: { userId } }));
  const table =
    csv === undefined ? { people: [], bad: [], notes: [] } : await readTable(csv, config, journey);
  return { ...table, people: [...named, ...table.people] };
}

async function readTable(file: string, config: string, journey: string): Promise<GivenPeople> {
  const { findPlan, loadProject } = await import('../load-project.ts');
  const { readLeadsCsv } = await import('../../ingest/read-csv.ts');
  const { project } = await loadProject(config);
  findPlan(project, journey);
  const { text, isLatin1 } = await readText(file).catch((error: unknown) => {
    throw new Error(
      `${file}: expected a CSV file, received none that can be read. Check the path. [file-missing]`,
      { cause: error },
    );
  });
  const model = project.lead;
  if (model === undefined) {
    throw new Error('The config has no lead model. Add `lead` to it. [config-invalid]');
  }
  const topics = [...project.topics, ...Object.keys(project.config.topics ?? {})];
  const { leads, problems } = readLeadsCsv(text, model, topics);
  return {
    bad: problems,
    notes: [...(isLatin1 ? [latin1Note(file)] : []), ...sameNotes(leads)],
    people: leads.map(({ row, userId, traits }): GivenPerson => {
      const email = typeof traits['email'] === 'string' ? traits['email'] : undefined;
      return { row, user: userId === undefined ? { email } : { userId }, traits };
    }),
  };
}

/** Rows that name one person: what the later ones say counts, and they enter once. */
const sameNotes = (leads: readonly CsvLead[]): readonly string[] =>
  [
    ...groupBy(
      leads,
      ({ userId, traits }) => userId ?? `@${JSON.stringify(traits['email'])}`,
    ).values(),
  ]
    .filter((same) => same.length > 1)
    .map((same) => `Rows ${same.map(({ row }) => row).join(', ')} are one person.`);

/** Each person once, in the order of their first row. */
export const oncePerPerson = (people: readonly GivenPerson[]): readonly GivenPerson[] =>
  [...new Map(people.toReversed().map((each) => [keyOf(each), each])).values()].toReversed();

/** Whom it names. */
export const keyOf = ({ user: { userId, email } }: GivenPerson): string =>
  userId ?? `@${(email ?? '').trim().toLowerCase()}`;
