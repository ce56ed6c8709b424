/** A program in a process of its own: heard line by line, stopped by signals, and ended with its test. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface SpawnedLines {
  readonly child: ChildProcess;
  /** What it has written to standard error so far. */
  readonly output: { readonly stderr: string };
  /** The next line of standard output; throws where it has ended. */
  nextLine(): Promise<string>;
  /** Resolves when it has ended: its exit code and all that it wrote to standard error. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly stderr: string }>;
}

/** Empty counts as unset: a child has what the test gives it, not what this machine has. */
const UNSET = {
  TEMPORAL_ADDRESS: '',
  TEMPORAL_NAMESPACE: '',
  DATABASE_URL: '',
  CULTIVO_WRITE_KEY: '',
  CULTIVO_ADMIN_KEY: '',
  PORT: '',
  LOG_LEVEL: '',
  NODE_OPTIONS: '',
};

export function spawnLines(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd?: string | undefined; readonly env?: NodeJS.ProcessEnv } = {},
): SpawnedLines {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...UNSET, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    output: {
      get stderr() {
        return stderr;
      },
    },
    ended: once(child, 'close').then(() => ({ exitCode: child.exitCode, stderr })),
    async nextLine() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`It ended before it said another line:\n${stderr}`);
      return value;
    },
  };
}
