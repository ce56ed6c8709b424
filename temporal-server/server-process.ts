/**
 * A server as a child process that never outlives this one: a small program runs it and ends it when
 * its own standard input ends. Both have a process group of their own, so that Ctrl-C reaches us first
 * and workers can finish what is at hand.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const OUTPUT_CHARACTERS = 4_000;
/** A program that says nothing may serve all the same. */
const FIRST_LINE_WITHIN_MS = 10_000;

export interface ServerProcess {
  /** Resolves when the server has said that it serves, or has been silent for long. */
  readonly started: Promise<void>;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  isRunning(): boolean;
  /** The end of what it wrote. */
  output(): string;
  /** From now on this process may end while the server still runs, which ends it too. */
  unref(): void;
  /** Asks it to end and waits until it has: its SQLite file may then be opened again. */
  stop(): Promise<void>;
}

export function startServerProcess(program: string, args: readonly string[]): ServerProcess {
  const script = fileURLToPath(new URL('keep-server.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_CHARACTERS);
    });
  }
  // Writing to a process that has ended fails; `ended` says so.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(() => undefined);
  // The first line alone says that it serves; nothing else goes to its standard output.
  const firstLine = once(child.stdout, 'data').then(() => undefined);

  return {
    started: Promise.race([
      firstLine,
      ended,
      setTimeout(FIRST_LINE_WITHIN_MS, undefined, { ref: false }),
    ]),
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => output.trim(),
    unref() {
      child.unref();
      for (const pipe of [child.stdin, child.stdout, child.stderr]) {
        // Pipes of a child process are sockets, though their types do not say so.
        if (pipe instanceof Socket) pipe.unref();
      }
    },
    async stop() {
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}
