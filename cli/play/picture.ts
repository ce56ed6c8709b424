/** A short picture of what was played: how many, how they ended, what was skipped and why, and one story whole. */
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
import type { Store } from '../../store/store.ts';
import { messages } from '../../store/tables/index.ts';
import { explained } from '../../views/reasons.ts';
import { plural } from '../answer.ts';
import type { Recording } from './read-recording.ts';
import { type DescribedPerson, printPerson } from './describe-people.ts';

interface Picture {
  readonly json: object;
  /** @param all everybody's story, not one alone. */
  readonly text: (all: boolean) => string;
}

export async function pictureOf(
  store: Store,
  people: readonly DescribedPerson[],
  { problems, leads, behaviour }: Recording,
  again: string,
): Promise<Picture> {
  const ids = people.map(({ story }) => story.person);
  const rows = await store.transaction((tx) => tx.find(messages, { person: ids }));
  const skipped = count(
    people.flatMap(({ story }) => story.lines.flatMap(({ text }) => skipReason(text) ?? [])),
  );
  const sent = rows.filter(({ status }) => status === 'sent').length;
  const handoffs = people.flatMap((person) => person.handoffs).length;
  const status = count(people.map(howItEnded));
  const lines = [
    `${plural(people.length, 'person', 'people')} of ${plural(leads.length, 'lead')} and ${plural(behaviour.length, 'recorded event')}; ${plural(sent, 'e-mail')} sent; ${handoffs} handed to sales; ${plural(problems.length, 'problem')} in the files`,
    `How they ended: ${printCounts(status) || 'nobody entered'}`,
    ...Object.entries(skipped).map(
      ([reason, number]) => `Skipped: ${number} × ${explained(reason)}`,
    ),
  ];
  return {
    json: {
      people: people.length,
      sent,
      handoffs,
      skipped,
      status,
      problems,
      where: { again },
      stories: people.map(storyOf),
    },
    text: (all) => {
      const whole = all ? people : people.toSorted(byEvents).slice(0, 1);
      const hidden = people.length - whole.length;
      const more =
        hidden === 0 ? [] : [`(${plural(hidden, 'more story', 'more stories')}: --stories)`];
      return [table(people), ...whole.map(printPerson), ...more, lines.join('\n')].join('\n\n');
    },
  };
}

const howItEnded = ({ story, refused }: DescribedPerson): string =>
  refused === null ? (story.status ?? 'not entered') : `not let in: ${refused}`;

/** Whoever has most to tell. */
const byEvents = (a: DescribedPerson, b: DescribedPerson): number =>
  b.handoffs.length - a.handoffs.length || b.story.lines.length - a.story.lines.length;

/** Who, how it ended, how many messages. */
function table(people: readonly DescribedPerson[]): string {
  const rows = people.map((person) => ({
    who: [person.name, ...person.where.split(', ').slice(0, 2)].join(', ').slice(0, 44),
    ended: howItEnded(person),
    mails: person.story.lines.filter(({ text }) => text.startsWith('email ')).length,
  }));
  const [who, ended] = [
    Math.max(0, ...rows.map((row) => row.who.length)),
    Math.max(0, ...rows.map((row) => row.ended.length)),
  ];
  return rows
    .map(
      (row) => `${row.who.padEnd(who)}  ${row.ended.padEnd(ended)}  ${plural(row.mails, 'e-mail')}`,
    )
    .join('\n');
}

const storyOf = ({ story, handoffs }: DescribedPerson): object => ({
  id: story.person,
  zone: story.zone,
  status: story.status,
  lines: story.lines.map(({ at, journey, text }) => ({
    at: new Date(at).toISOString(),
    local: formatLocal(at, story.zone),
    journey,
    text,
  })),
  handoffs,
});

const skipReason = (text: string): string | undefined => /^skipped [^:]+: (.*)$/.exec(text)?.[1];

function count(values: readonly string[]): { readonly [value: string]: number } {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const printCounts = (counts: { readonly [value: string]: number }): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([value, number]) => `${number} × ${value}`)
    .join(', ');
