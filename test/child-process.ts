/** A TypeScript program of the project in a process of its own, heard line by line. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface ProgramInChild {
  readonly child: ChildProcess;
  /** The next line that it says; throws where it has ended. */
  nextLine(): Promise<string>;
  ended(): Promise<unknown>;
}

/** Runs a file of `test/fixtures`; it is killed when the test has ended. */
export function runInChild(fixture: string, args: readonly string[]): ProgramInChild {
  const file = fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const closed = once(child, 'close');
  return {
    child,
    async nextLine() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${fixture} ended before it said another line.`);
      return value;
    },
    ended: () => closed,
  };
}
