/** `cultivo demo`: a recorded quarter of leads, played in seconds on this machine. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { DEFAULT_CONFIG, examples, optionsOf } from '../globals.ts';

const EXAMPLE = `examples/three-month-nurture/${DEFAULT_CONFIG}`;
/** From sources the package is two folders up, built three. */
const PLACES = [`../../${EXAMPLE}`, `../../../${EXAMPLE}`];

export const demoCommand = (): Command =>
  new Command('demo')
    .description('play a recorded quarter of leads in seconds, on a Temporal server of its own')
    .addHelpText(
      'after',
      examples('cultivo demo', 'cultivo demo --config my-project/cultivo.config.ts --json'),
    )
    .action(async (_: object, command: Command) => {
      const { config, json } = optionsOf(command);
      const isGiven = command.getOptionValueSourceWithGlobals('config') === 'cli';
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo({ config: isGiven ? config : exampleConfig(), json });
    });

function exampleConfig(): string {
  const places = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((file) => existsSync(file)) ?? EXAMPLE;
}
