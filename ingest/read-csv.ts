/** Leads from a table: one a row, checked by the lead model. What fits of a row is kept, what does not is named. */
import type * as z from 'zod';
import { isZone } from '../dsl/calendar/zone-offset.ts';
import { closest } from '../dsl/closest.ts';
import { leadFields, readAs } from '../dsl/lead-fields.ts';
import { oneForm } from '../dsl/one-form.ts';
import type { Json, JsonObject } from '../dsl/plan.ts';
import { columnOf, readBoolean, readCell, type Column } from './csv-columns.ts';
import { describeValue, problemsIn } from '../activities/data-problem.ts';
import { parseCsv, type CsvRecord } from './parse-csv.ts';

export interface CsvLead {
  readonly row: number;
  readonly userId?: string;
  readonly traits: JsonObject;
}

/** `row` as a spreadsheet counts; `field` empty: the whole row. */
export interface CsvProblem {
  readonly row: number;
  readonly field: string;
  readonly expected: string;
  readonly received: string;
  /** What is left out for it: all of the row, or what stands in the field alone. */
  readonly leavesOut: 'row' | 'field';
}

/**
 * Reads leads. Columns are the model's fields, whatever the style of writing them, and `userId`, and
 * `consent:<topic>` with yes or no. Empty cells say nothing.
 *
 * @param topics that people may consent to; left out: any.
 */
export function readLeadsCsv(
  text: string,
  { schema }: { readonly schema: z.ZodType },
  topics?: Iterable<string>,
): { readonly leads: readonly CsvLead[]; readonly problems: readonly CsvProblem[] } {
  const { records, unclosedRow } = parseCsv(text);
  const [header, ...rows] = records;
  if (header === undefined) {
    return { leads: [], problems: [problem(1, '', 'a header and rows', 'nothing', 'row')] };
  }
  const names = header.cells.map((name) => name.trim());
  const columns = names.map((name) => columnOf(name, schema));
  const known = topics && [...new Set(topics)];
  const problems = columns.flatMap((column, i) => {
    const name = names[i] ?? '';
    if (column === null)
      return [problem(header.row, name, meantBy(name, schema, known), 'another name')];
    if (!('topic' in column) || known === undefined || known.includes(oneForm(column.topic)))
      return [];
    const near = closest(column.topic, known);
    const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
    return [
      problem(
        header.row,
        name,
        `a topic: ${known.join(', ') || 'no message has one'}${meant}`,
        column.topic,
      ),
    ];
  });
  const leads: CsvLead[] = [];
  for (const record of rows) {
    const { lead, problems: own } = readRow(record, columns, schema);
    problems.push(...own);
    if (lead !== undefined) leads.push(lead);
  }
  if (unclosedRow !== undefined) {
    problems.push(problem(unclosedRow, '', 'a closing quote', 'the end of the file', 'row'));
  }
  return { leads, problems };
}

/** What a column that is not known may have been meant to be. */
function meantBy(name: string, schema: z.ZodType, topics: readonly string[] = []): string {
  if (/^consents?$/i.test(name) && topics.length > 0)
    return `a column for each topic: ${topics.map((topic) => `consent:${topic}`).join(', ')}`;
  const near = closest(name, leadFields({ schema }).keys());
  return `a field of the lead model${near === undefined ? '' : ` (did you mean ${near}?)`}`;
}

interface RowRead {
  /** Undefined where nobody is named. */
  readonly lead?: CsvLead;
  readonly problems: readonly CsvProblem[];
}

function readRow(
  { row, cells }: CsvRecord,
  columns: readonly Column[],
  schema: z.ZodType,
): RowRead {
  if (cells.length !== columns.length) {
    const said = problem(row, '', `${columns.length} cells`, String(cells.length), 'row');
    return { problems: [said] };
  }
  const { values, consents, userId, problems } = readCells(row, cells, columns);
  const fit = fittingValues(row, values, schema);
  const all = [...problems, ...fit.problems];
  const { email } = fit.traits;
  if (userId === undefined && typeof email !== 'string') {
    const nobody = all.some(({ field }) => field === 'email')
      ? []
      : [problem(row, 'email', 'an e-mail address or a user id', describeValue(email))];
    return { problems: [...all, ...nobody].map((each) => ({ ...each, leavesOut: 'row' })) };
  }
  const traits = Object.keys(consents).length === 0 ? fit.traits : { ...fit.traits, consents };
  return { lead: { row, ...(userId === undefined ? {} : { userId }), traits }, problems: all };
}

interface CellsRead {
  readonly values: JsonObject;
  readonly consents: { readonly [topic: string]: boolean };
  readonly userId: string | undefined;
  readonly problems: readonly CsvProblem[];
}

function readCells(row: number, cells: readonly string[], columns: readonly Column[]): CellsRead {
  const values: Record<string, Json> = {};
  const consents: Record<string, boolean> = {};
  const problems: CsvProblem[] = [];
  let userId: string | undefined;
  columns.forEach((column, i) => {
    const cell = cells[i]?.trim() ?? '';
    if (column === null || cell === '') return;
    if ('userId' in column) userId = cell;
    else if ('field' in column) values[column.field] = readCell(cell, column.type);
    else {
      const allowed = readBoolean(cell);
      if (allowed === undefined)
        problems.push(problem(row, `consent:${column.topic}`, 'yes or no', 'text'));
      else consents[column.topic] = allowed;
    }
  });
  const { timezone: zone, ...others } = values;
  if (zone === undefined || (typeof zone === 'string' && isZone(zone)))
    return { values, consents, userId, problems };
  problems.push(problem(row, 'timezone', 'a zone like Europe/Madrid', 'another name'));
  return { values: others, consents, userId, problems };
}

/**
 * The values that the model takes, as it reads them. What is required and not there is no mistake of the table: whoever
 * lacks it is known, and journeys that ask for it do not let them in.
 */
function fittingValues(
  row: number,
  values: JsonObject,
  schema: z.ZodType,
): { readonly traits: JsonObject; readonly problems: readonly CsvProblem[] } {
  const { data, error } = schema.safeParse(values);
  // A lead model describes profiles, which are JSON objects.
  if (error === undefined) return { traits: data as JsonObject, problems: [] };
  const fields = leadFields({ schema });
  const odd = new Set(error.issues.map(({ path: [field = ''] }) => String(field)));
  const fitting = Object.entries(values).filter(([name]) => fields.has(name) && !odd.has(name));
  const traits = Object.fromEntries(
    fitting.map(([name, value]) => [name, readAs(fields.get(name), value)]),
  );
  const problems = problemsIn(error.issues, values)
    .filter(({ path }) => path === '' || (path.split('.')[0] ?? '') in values)
    .map(({ path, expected, received }) => problem(row, path, expected, received));
  return { traits, problems };
}

const problem = (
  row: number,
  field: string,
  expected: string,
  received: string,
  leavesOut: CsvProblem['leavesOut'] = 'field',
): CsvProblem => ({ row, field, expected, received, leavesOut });
