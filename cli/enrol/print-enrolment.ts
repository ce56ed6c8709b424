/** What became of an enrolment, for people. */
import { plural } from '../plural.ts';
import type { BadRow, EnrolSummary } from './enrol-people.ts';

const MOST_SHOWN = 50;

const REASONS: { readonly [reason: string]: string } = {
  'in-journey': 'already in the journey',
  'entered-before': 'entered it before, and it may be entered once',
  'too-soon': 'entered it too short a time ago',
  draining: 'the journey takes nobody any more (inFlight: drain)',
};

export function printEnrolment(summary: EnrolSummary): string {
  const { journey, dryRun, people, identified, entered, refused, bad } = summary;
  const outcome = dryRun
    ? [`${plural(people, 'person', 'people')} to be enrolled in ${journey}; nothing was sent.`]
    : [
        ...(identified === 0 ? [] : [`${plural(identified, 'person', 'people')} identified.`]),
        `${plural(entered, 'person', 'people')} entered ${journey}.`,
        ...Object.entries(refused).map(
          ([reason, count]) =>
            `${plural(count, 'person', 'people')} refused: ${REASONS[reason] ?? reason}.`,
        ),
      ];
  return [...outcome, ...printBad(bad)].join('\n');
}

function printBad(bad: readonly BadRow[]): readonly string[] {
  if (bad.length === 0) return [];
  const rows = new Set(bad.map(({ row, received }) => row ?? received)).size;
  return [
    `${plural(rows, 'bad one')} left out:`,
    ...bad
      .slice(0, MOST_SHOWN)
      .map(
        ({ row, field, expected, received }) =>
          `  ${row === null ? '--user' : `row ${row}`}${field && `, ${field}`}: expected ${expected}, received ${received}`,
      ),
    ...(bad.length > MOST_SHOWN
      ? [`  and ${bad.length - MOST_SHOWN} more (--json lists all)`]
      : []),
    'Correct these and call again; whoever is in the journey already is left as they are.',
  ];
}
