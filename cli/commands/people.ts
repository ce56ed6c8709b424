/** `cultivo people`: who is in a journey, at a step or in a stage. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { PeoplePage, PersonInJourney } from '../../views/people-at.ts';
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
import { RUN_STATUSES } from '../../engine/run.ts';
import { answer, examples, linesIf } from '../answer.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface PeopleOptions extends IngestOptions {
  readonly journey?: string;
  readonly step?: string;
  readonly stage?: string;
  readonly status?: string;
  readonly limit?: number;
  readonly after?: string;
}

const MOST = 1_000;

export const peopleCommand = (terminal: Terminal): Command =>
  new Command('people')
    .description('list who is in a journey, at a step or in a stage')
    .option('--journey <id>', 'in this journey alone')
    .option('--step <id>', 'at this step, as `cultivo status` names it')
    .option('--stage <stage>', "with this in their profile's field `stage`")
    .addOption(
      new Option('--status <status>', 'of their journey (default: under way)').choices(
        RUN_STATUSES,
      ),
    )
    .addOption(
      new Option('--limit <n>', `people on a page, up to ${MOST} (default: 50)`).argParser(countIn),
    )
    .option('--after <run>', 'the next page: what the page before ended with')
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples(
        'cultivo people --journey trial-nurture',
        'cultivo people --journey trial-nurture --step wait:3d --json',
        'cultivo people --status parked',
      ),
    )
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<PeopleOptions>();
      const ingest = await openIngest(options);
      const { journey, step, stage, status, limit, after } = options;
      const asked = new URLSearchParams();
      for (const [name, value] of Object.entries({ journey, step, stage, status, limit, after }))
        if (value !== undefined) asked.set(name, String(value));
      const page = await ingest.get<PeoplePage>(`/v1/people?${asked}`);
      answer(terminal, options, page, () => print(page));
    });

function countIn(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MOST) throw new InvalidArgumentError(`Give a number from 1 to ${MOST}.`);
  return count;
}

function print({ people, next }: PeoplePage): string {
  const rows = people.map((each) => [each.user ?? each.person, each.name, whereOf(each)] as const);
  const wide = [0, 1].map((i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)));
  return [
    ...linesIf(rows.length === 0, 'Nobody.'),
    ...rows.map(([user, name, where]) =>
      `${user.padEnd(wide[0] ?? 0)}  ${name.padEnd(wide[1] ?? 0)}  ${where}`.trimEnd(),
    ),
    ...linesIf(next !== null, '', `There are more: --after ${next}`),
  ].join('\n');
}

function whereOf({ journey, status, step, until, error, zone }: PersonInJourney): string {
  if (status === 'parked') return `${journey}  parked: ${error}`;
  if (status !== 'live') return `${journey}  ${status}`;
  const till = until === null ? '' : `, until ${formatLocal(until, zone)} (${zone})`;
  return `${journey}  ${step ?? '(ending)'}${till}`;
}
