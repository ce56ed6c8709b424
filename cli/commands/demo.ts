/** `cultivo demo`: a recorded quarter of leads, played in seconds on this machine. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { DEFAULT_CONFIG, examples, optionsOf } from '../globals.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLE = `examples/three-month-nurture/${DEFAULT_CONFIG}`;
/** From sources the package is two folders up, built three. */
const PLACES = [`../../${EXAMPLE}`, `../../../${EXAMPLE}`];

export const demoCommand = (_: Terminal): Command =>
  new Command('demo')
    .description('play a recorded quarter of leads in seconds, on a Temporal server of its own')
    .option('--directory <folder>', 'where it keeps its things; emptied first', '.cultivo/demo')
    .addHelpText(
      'after',
      examples('cultivo demo', 'cultivo demo --config my-project/cultivo.config.ts --json'),
    )
    .action(async (own: { directory: string }, command: Command) => {
      const { config, json } = optionsOf(command);
      const isGiven = command.getOptionValueSourceWithGlobals('config') === 'cli';
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo({ config: isGiven ? config : exampleConfig(), json, directory: own.directory });
    });

function exampleConfig(): string {
  const places = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((file) => existsSync(file)) ?? EXAMPLE;
}
