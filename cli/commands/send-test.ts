/** `cultivo send-test`: one template to an address of one's own, through whoever sends the project's e-mail. */
import { Command } from 'commander';
import { answer, examples } from '../answer.ts';
import type { Globals } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface SendTestOptions extends Globals {
  readonly to: string;
}

export const sendTestCommand = (terminal: Terminal): Command =>
  new Command('send-test')
    .description(
      'send one template to yourself, filled for a made-up lead, through the sender that the config names',
    )
    .argument('<template>', 'its id')
    .requiredOption('--to <address>', 'whom it goes to')
    .addHelpText('after', examples('cultivo send-test introduction --to me@example.com'))
    .action(async (template: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<SendTestOptions>();
      const { sendTest } = await import('../send-test.ts');
      const sent = await sendTest(template, options);
      answer(
        terminal,
        options,
        sent,
        () => `Sent to ${sent.to} through ${sent.vendor}: ${sent.subject} (${sent.providerId}).`,
      );
    });
