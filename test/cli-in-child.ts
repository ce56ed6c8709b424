/** The command line of this checkout in a process of its own, as a user runs it. */
import { fileURLToPath } from 'node:url';
import { type SpawnedLines, spawnLines } from './spawn-lines.ts';

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url));

export const cliInChild = (
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): SpawnedLines =>
  spawnLines(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--conditions=source', MAIN, ...args],
    options,
  );
