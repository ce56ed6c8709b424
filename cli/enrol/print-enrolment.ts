/** What became of an enrolment, for people. */
import { linesIf, plural, problemLines } from '../answer.ts';
import type { EnrolSummary } from './enrol-people.ts';

const REASONS: { readonly [reason: string]: string } = {
  'in-journey': 'already in the journey',
  'entered-before': 'entered it before, and it may be entered once',
  'too-soon': 'entered it too short a time ago',
  draining: 'the journey takes nobody any more (inFlight: drain)',
};

export function printEnrolment(summary: EnrolSummary): string {
  const { journey, dryRun, people, identified, entered, refused, bad } = summary;
  const counted = (count: number) => plural(count, 'person', 'people');
  const badRows = new Set(bad.map(({ row, received }) => row ?? received)).size;
  return [
    ...(dryRun
      ? [`${counted(people)} to be enrolled in ${journey}; nothing was sent.`]
      : [
          ...linesIf(identified > 0, `${counted(identified)} identified.`),
          `${counted(entered)} entered ${journey}.`,
          ...Object.entries(refused).map(
            ([reason, count]) => `${counted(count)} refused: ${REASONS[reason] ?? reason}.`,
          ),
        ]),
    ...linesIf(
      bad.length > 0,
      `${plural(badRows, 'bad one')} left out:`,
      ...problemLines(
        bad,
        ({ row, field }) => `${row === null ? '--user' : `row ${row}`}${field && `, ${field}`}`,
      ),
      'Correct these and call again; whoever is in the journey already is left as they are.',
    ),
  ].join('\n');
}
