/** `cultivo why`: why somebody got a message, or did not. */
import { Command } from 'commander';
import type { Why } from '../../views/why.ts';
import { answer, examples, linesIf } from '../answer.ts';
import { personPath } from '../ingest-client.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export const whyCommand = (terminal: Terminal): Command =>
  new Command('why')
    .description('say why somebody got a message, did not, or will')
    .argument('<who>', 'a user id, an e-mail address or an anonymous id')
    .argument('[template]', 'the template’s id (default: every message of their journeys)')
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText('after', examples('cultivo why ana', 'cultivo why ana introduction --json'))
    .action(async (who: string, template: string | undefined, _: object, command: Command) => {
      const options = command.optsWithGlobals<IngestOptions>();
      const ingest = await openIngest(options);
      const asked = template === undefined ? '' : `?template=${encodeURIComponent(template)}`;
      const why = await ingest.get<Why>(`${personPath(who)}/why${asked}`);
      answer(terminal, options, why, () => print(why));
    });

const STATES = { sent: 'sent', skipped: 'skipped', ahead: 'to come', never: 'not sent' } as const;

function print({ person, messages, refusals }: Why): string {
  const title = `${person.name}, times in ${person.zone}`;
  if (messages.length + refusals.length === 0)
    return `${title}\n  They are in no journey that sends anything. \`cultivo person ${person.user ?? person.id}\` tells their story.`;
  return [
    title,
    ...messages.flatMap(({ journey, what, state, because }) => [
      '',
      `${what}  [${journey}]: ${STATES[state]}`,
      ...because.map((line) => `  ${line}`),
    ]),
    ...linesIf(refusals.length > 0, '', ...refusals.map((line) => `  ${line}`)),
  ].join('\n');
}
