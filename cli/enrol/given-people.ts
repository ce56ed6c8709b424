/** Whom the command line names: user ids, and the leads of a table as the config's lead model reads them. */
import { readFile } from 'node:fs/promises';
import type { UserName } from '../../activities/entry/enrol-users.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { BadRow, EnrolPeopleOptions } from './enrol-people.ts';

export interface GivenPerson {
  readonly row: number | null;
  readonly user: UserName;
  /** Of a table: to be identified with these. */
  readonly traits?: JsonObject;
}

export interface GivenPeople {
  readonly people: readonly GivenPerson[];
  readonly bad: readonly BadRow[];
}

/** @throws Error [nobody-given, file-missing, unknown-journey] */
export async function givenPeople(options: EnrolPeopleOptions): Promise<GivenPeople> {
  const { user = [] } = options;
  if (user.length === 0 && options.csv === undefined) {
    throw new Error(
      'Expected --user or --csv, received neither. Say whom to enrol. [nobody-given]',
    );
  }
  const named = user.map((userId): GivenPerson => ({ row: null, user: { userId } }));
  const table =
    options.csv === undefined ? { people: [], bad: [] } : await readTable(options.csv, options);
  return { people: [...named, ...table.people], bad: table.bad };
}

async function readTable(
  file: string,
  { config, journey }: EnrolPeopleOptions,
): Promise<GivenPeople> {
  const { loadProject } = await import('../load-project.ts');
  const { findPlan } = await import('../find-plan.ts');
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
