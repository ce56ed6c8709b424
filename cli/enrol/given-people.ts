/** Whom the command line names: user ids, and the leads of a table as the config's lead model reads them. */
import { readFile } from 'node:fs/promises';
import type { UserName } from '../../activities/entry/enrol-users.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { CsvProblem } from '../../ingest/read-csv.ts';
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
  const table = csv === undefined ? { people: [], bad: [] } : await readTable(csv, config, journey);
  return { people: [...named, ...table.people], bad: table.bad };
}

async function readTable(file: string, config: string, journey: string): Promise<GivenPeople> {
  const { findPlan, loadProject } = await import('../load-project.ts');
  const { readLeadsCsv } = await import('../../ingest/read-csv.ts');
  const { project } = await loadProject(config);
  findPlan(project, journey);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(
      `${file}: expected a CSV file, received none that can be read. Check the path. [file-missing]`,
      { cause: error },
    );
  });
  const model = project.lead;
  if (model === undefined) {
    throw new Error('The config has no lead model. Add `lead` to it. [config-invalid]');
  }
  const { leads, problems } = readLeadsCsv(text, model);
  return {
    bad: problems,
    people: leads.map(({ row, userId, traits }): GivenPerson => {
      const email = typeof traits['email'] === 'string' ? traits['email'] : undefined;
      return { row, user: userId === undefined ? { email } : { userId }, traits };
    }),
  };
}
