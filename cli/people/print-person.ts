/** Somebody for the terminal: who they are, how they score and why, where they stand, their story and what is next. */
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
import type { Json } from '../../dsl/plan.ts';
import type { PersonAnswer } from '../../studio/people-routes.ts';
import type { PersonView, RunView } from '../../views/person-view.ts';
import { explained } from '../../views/reasons.ts';
import { printWarning } from '../../activities/behaviour/data-warnings.ts';
import type { StoryEntry } from '../../views/story-entry.ts';
import { linesIf } from '../answer.ts';

export function printPerson(person: PersonAnswer): string {
  const { name, user, id, zone, hasOwnZone, profile, score, runs, story, earlier, ahead } = person;
  return [
    `${name}${user === null || user === name ? '' : ` (${user})`}, times in ${zone}${hasOwnZone ? '' : ', the config’s zone: theirs is not known'}`,
    `  store id    ${id}`,
    ...Object.entries(profile).map(
      ([field, value]) => `  ${field.padEnd(10)}  ${printJson(value)}`,
    ),
    ...permissions(person),
    ...person.misfits.map((each) => `  did not fit ${printWarning(each)}`),
    ...linesIf(
      score !== null,
      '',
      `Score ${rounded(score?.total ?? 0)}${score?.grade ? `, grade ${score.grade}` : ''}`,
    ),
    ...(score?.because ?? []).map(
      ({ rule, points, count }) =>
        `  ${`${points > 0 ? '+' : ''}${rounded(points)}`.padStart(6)}  ${rule}${count > 1 ? ` ×${count}` : ''}`,
    ),
    ...section(
      'Journeys',
      runs.map((run) => `  ${printRun(run, zone)}`),
      'in none',
    ),
    ...section(
      'Story',
      [
        ...linesIf(earlier > 0, `  (${earlier} earlier lines are left out)`),
        ...story.map((entry) => `  ${printEntry(entry, zone)}`),
      ],
      'nothing has happened',
    ),
    ...section(
      'Ahead, if nothing else happens',
      [
        ...ahead.entries.map((entry) => `  ${printEntry(entry, zone)}`),
        ...ahead.dependsOn.map((name) => `  then it depends on own code: ${name}`),
      ],
      'nothing',
    ),
  ].join('\n');
}

const section = (title: string, lines: readonly string[], none: string): readonly string[] => [
  '',
  title,
  ...(lines.length === 0 ? [`  ${none}`] : lines),
];

const permissions = ({ consents, suppressions }: PersonView): readonly string[] => {
  const latest = new Map(consents.map(({ topic, state }) => [topic, state]));
  return [
    ...[...latest].map(
      ([topic, state]) => `  consent     ${state === 'in' ? 'yes' : 'no'} to ${topic}`,
    ),
    ...suppressions.map(
      ({ channel, reason }) => `  suppressed  ${channel ?? 'every channel'}: ${reason}`,
    ),
  ];
};

export function printRun(run: RunView, zone: string): string {
  const { journey, status, step, label, since, until, enteredAt, endedAt, error } = run;
  if (endedAt !== null)
    return `${journey}: ${status} ${formatLocal(endedAt, zone)}, entered ${formatLocal(enteredAt, zone)}`;
  const where = `${journey}: at ${step ?? 'its end'}${label === null || label === step ? '' : ` (${label})`} since ${formatLocal(since, zone)}`;
  if (status === 'parked') return `${where}, parked: ${error ?? ''}`;
  return until === null ? where : `${where}, until ${formatLocal(until, zone)}`;
}

export function printEntry(entry: StoryEntry, zone: string): string {
  const { at, kind, journey, what, reason, outcome, properties } = entry;
  const told = KIND_WORDS[kind];
  const subject = kind === 'way' ? `${what} → ${reason ?? ''}` : `${told}${what}`;
  const because = kind === 'way' || reason === null ? '' : `: ${explained(reason)}`;
  const became = outcome === null || outcome === 'sent' ? '' : ` (${outcome})`;
  const with_ = properties && Object.keys(properties).length > 0 ? ` ${printJson(properties)}` : '';
  const of = journey === null ? '' : `  [${journey}]`;
  return `${formatLocal(at, zone)}  ${subject}${because}${became}${with_}${of}`;
}

const KIND_WORDS: { readonly [K in StoryEntry['kind']]: string } = {
  entered: 'enters ',
  refused: 'not let into ',
  sent: '',
  skipped: 'skipped ',
  waits: 'waits with ',
  did: '',
  way: '',
  ended: '',
  behaviour: '• ',
};

const printJson = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const rounded = (points: number): number => Math.round(points * 10) / 10;
