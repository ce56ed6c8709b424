/** Leads from a table: one a row, checked by the lead model. Bad rows are named, the others go on. */
import type * as z from 'zod';
import { isZone } from '../dsl/calendar/zone-offset.ts';
import { closest } from '../dsl/closest.ts';
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
    return { leads: [], problems: [problem(1, '', 'a header and rows', 'nothing')] };
  }
  const names = header.cells.map((name) => name.trim());
  const columns = names.map((name) => columnOf(name, schema));
  const known = topics && [...new Set(topics)];
  const problems = columns.flatMap((column, i) => {
    const name = names[i] ?? '';
    if (column === null)
      return [problem(header.row, name, 'a field of the lead model', 'another name')];
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
    const read = readRow(record, columns, schema);
    if (Array.isArray(read)) problems.push(...read);
    else leads.push(read);
  }
  if (unclosedRow !== undefined) {
    problems.push(problem(unclosedRow, '', 'a closing quote', 'the end of the file'));
  }
  return { leads, problems };
}

function readRow(
  { row, cells }: CsvRecord,
  columns: readonly Column[],
  schema: z.ZodType,
): CsvLead | CsvProblem[] {
  if (cells.length !== columns.length) {
    return [problem(row, '', `${columns.length} cells`, String(cells.length))];
  }
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
  const zone = values['timezone'];
  if (zone !== undefined && !(typeof zone === 'string' && isZone(zone))) {
    problems.push(problem(row, 'timezone', 'a zone like Europe/Madrid', 'another name'));
  }
  const checked = schema.safeParse(values);
  if (!checked.success) {
    const found = problemsIn(checked.error.issues, values);
    problems.push(
      ...found.map(({ path, expected, received }) => problem(row, path, expected, received)),
    );
    return problems;
  }
  if (userId === undefined && typeof values['email'] !== 'string') {
    problems.push(
      problem(row, 'email', 'an e-mail address or a user id', describeValue(values['email'])),
    );
  }
  if (problems.length > 0) return problems;
  // A lead model describes profiles, which are JSON objects.
  const traits = { ...(checked.data as JsonObject) };
  return {
    row,
    ...(userId === undefined ? {} : { userId }),
    traits: Object.keys(consents).length === 0 ? traits : { ...traits, consents },
  };
}

const problem = (row: number, field: string, expected: string, received: string): CsvProblem => ({
  row,
  field,
  expected,
  received,
});
