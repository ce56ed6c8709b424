#!/usr/bin/env node
/** The program `cultivo`. */
import { runCli } from './run-cli.ts';
import { processTerminal } from './terminal.ts';

const exitCode = await runCli(process.argv.slice(2), processTerminal());
// What was written reaches a pipe before the process ends; native threads would keep it going for ever.
for (const stream of [process.stdout, process.stderr]) {
  await new Promise<void>((resolve) => stream.write('', () => resolve()));
}
process.exit(exitCode);
