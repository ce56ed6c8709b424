/** The commands of `cultivo`, each with what its help says first. */
import { createProgram } from '../cli/run-cli.ts';
import { table } from './table.ts';

const nobody = {
  print: () => undefined,
  note: () => undefined,
  progress: () => undefined,
  exitWith: () => undefined,
};

export const commandTable = (): string =>
  table([
    ['command', 'what it does'],
    ...createProgram(nobody).commands.map((command) => [
      `\`cultivo ${command.name()}\``,
      command.description(),
    ]),
  ]);
