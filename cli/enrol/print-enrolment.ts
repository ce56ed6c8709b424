/** What became of an enrolment, for people. */
import { explained } from '../../views/reasons.ts';
import { linesIf, plural, problemLines } from '../answer.ts';
import type { BadRow, EnrolSummary } from './enrol-people.ts';

export function printEnrolment(summary: EnrolSummary): string {
  const { journey, dryRun, people, identified, entered, refused, bad } = summary;
  const counted = (count: number) => plural(count, 'person', 'people');
  const rows = bad.filter(({ leavesOut }) => leavesOut === 'row');
  const values = bad.filter(({ leavesOut }) => leavesOut === 'field');
  const out = new Set(rows.map(({ row, received }) => row ?? received)).size;
  const placeOf = ({ row, field }: BadRow) =>
    `${row === null ? '--user' : `row ${row}`}${field && `, ${field}`}`;
  return [
    ...(dryRun
      ? [`${counted(people)} to be enrolled in ${journey}; nothing was sent.`]
      : [
          ...linesIf(identified > 0, `${counted(identified)} identified.`),
          `${counted(entered)} entered ${journey}.`,
          ...Object.entries(refused).map(
            ([reason, count]) => `${counted(count)} refused: ${explained(reason)}.`,
          ),
        ]),
    ...linesIf(
      values.length > 0,
      `${plural(values.length, 'value')} left out, ${values.length === 1 ? 'its row goes on without it' : 'their rows go on without them'}:`,
      ...problemLines(values, placeOf),
    ),
    ...linesIf(
      rows.length > 0,
      `${plural(out, 'bad one')} left out:`,
      ...problemLines(rows, placeOf),
    ),
    ...linesIf(
      bad.length > 0,
      'Correct these and call again; whoever is in the journey already is left as they are.',
    ),
  ].join('\n');
}
