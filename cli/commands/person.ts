/** `cultivo person`: all that is known of one person, and what is next. */
import { Command } from 'commander';
import type { PersonAnswer } from '../../studio/people-routes.ts';
import { answer, examples } from '../answer.ts';
import { personPath } from '../ingest-client.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import { printPerson } from '../people/print-person.ts';
import type { Terminal } from '../terminal.ts';

export const personCommand = (terminal: Terminal): Command =>
  new Command('person')
    .description(
      'show one person: profile, score with its reasons, where they stand, their whole story, and what is next if nothing else happens',
    )
    .argument('<who>', 'a user id, an e-mail address or an anonymous id')
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText('after', examples('cultivo person ana', 'cultivo person ana@example.com --json'))
    .action(async (who: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<IngestOptions>();
      const ingest = await openIngest(options);
      const person = await ingest.get<PersonAnswer>(personPath(who));
      answer(terminal, options, person, () => printPerson(person));
    });
