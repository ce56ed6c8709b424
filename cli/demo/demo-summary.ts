/** What the demonstration says at its end: everybody's story, sales, what was skipped and why, where to look. */
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
import type { Store } from '../../store/store.ts';
import { messages } from '../../store/tables/index.ts';
import type { Recording } from './read-recording.ts';
import { type DescribedPerson, printPerson } from './describe-people.ts';

export async function summarise(
  store: Store,
  people: readonly DescribedPerson[],
  { problems, leads, behaviour }: Recording,
  lookAgain: string,
): Promise<{ readonly json: object; readonly text: string }> {
  const ids = people.map(({ story }) => story.person);
  const rows = await store.transaction((tx) => tx.find(messages, { person: ids }));
  const skipped = count(
    people.flatMap(({ story }) => story.lines.flatMap(({ text }) => skipReason(text) ?? [])),
  );
  const sent = rows.filter(({ status }) => status === 'sent').length;
  const handoffs = people.flatMap((person) => person.handoffs).length;
  const status = count(people.map(({ story }) => story.status ?? 'not entered'));
  const where = {
    temporal: lookAgain,
  };
  const lines = [
    `${people.length} people of ${leads.length} leads and ${behaviour.length} recorded events; ${sent} e-mails sent; ${handoffs} handed to sales; ${problems.length} bad rows`,
    `How they ended: ${printCounts(status)}`,
    `Skipped: ${printCounts(skipped) || 'nothing'}`,
    '',
    'Where to look:',
    `  Temporal   ${where.temporal}   (opens its UI with these journeys in it)`,
  ];
  return {
    json: {
      people: people.length,
      sent,
      handoffs,
      skipped,
      status,
      problems,
      where,
      stories: people.map(storyOf),
    },
    text: [...people.map(printPerson), lines.join('\n')].join('\n\n'),
  };
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
