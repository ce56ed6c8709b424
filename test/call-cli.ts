/** The command line, called in this process by tests that look at what it wrote. */
import { runCli } from '../cli/run-cli.ts';

export interface Called {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls the command line in this process, nobody at the terminal. */
export async function callCli(...args: readonly string[]): Promise<Called> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exitCode = await runCli(args, {
    print: (text) => void stdout.push(text),
    note: (text) => void stderr.push(text),
    progress: () => undefined,
    exitWith: () => undefined,
  });
  return { exitCode, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}
