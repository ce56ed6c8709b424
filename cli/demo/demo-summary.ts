/** What the demonstration says at its end: everybody's story, sales, what was skipped and why, where to look. */
import { relative } from 'node:path';
import { formatLocal } from '../../dsl/calendar/format-local.ts';
import type { Page } from '../../channels/channel.ts';
import type { Store } from '../../store/store.ts';
import { messages } from '../../store/tables/index.ts';
import type { Recording } from './read-recording.ts';
import { printPerson, type ToldPerson } from './tell-people.ts';

export interface DemoSummary {
  readonly people: readonly ToldPerson[];
  readonly json: object;
  readonly lines: readonly string[];
}

export async function summarise(
  store: Store,
  people: readonly ToldPerson[],
  { problems, leads, behaviour }: Recording,
  pages: readonly Page[],
  directory: string,
): Promise<DemoSummary> {
  const ids = people.map(({ id }) => id);
  const rows = await store.transaction((tx) => tx.find(messages, { person: ids }));
  const skipped = count(
    people.flatMap(({ story }) => story.lines.flatMap(({ text }) => skipReason(text) ?? [])),
  );
  const sent = rows.filter(({ status }) => status === 'sent').length;
  const handoffs = people.flatMap((person) => person.handoffs);
  const status = count(people.map(({ story }) => story.status ?? 'not entered'));
  const where = {
    ...Object.fromEntries(pages.map(({ name, file }) => [name, relative('.', file)])),
    temporal: `npm run cultivo -- dev --data ${relative('.', directory)}`,
  };
  const counts = { people: people.length, sent, handoffs: handoffs.length, skipped, status };
  return {
    people,
    json: {
      ...counts,
      problems,
      where,
      stories: people.map(({ id, zone, story, handoffs: given }) => ({
        id,
        zone,
        status: story.status,
        lines: story.lines.map(({ at, journey, text }) => ({
          at: new Date(at).toISOString(),
          local: formatLocal(at, zone),
          journey,
          text,
        })),
        handoffs: given,
      })),
    },
    lines: [
      `${people.length} people of ${leads.length} leads and ${behaviour.length} recorded events; ${sent} e-mails sent; ${handoffs.length} handed to sales; ${problems.length} bad rows`,
      `How they ended: ${printCounts(status)}`,
      `Skipped: ${printCounts(skipped) || 'nothing'}`,
      '',
      'Where to look:',
      ...pages.map(({ shows, file }) => `  ${shows.padEnd(11)}${relative('.', file)}`),
      `  Temporal   ${where.temporal}   (opens its UI with these journeys in it)`,
    ],
  };
}

export const printSummary = ({ people, lines }: DemoSummary): string =>
  `${[...people.map(printPerson), lines.join('\n')].join('\n\n')}\n`;

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
