/** A process that may be killed or stopped at any moment, and that starts again however it has ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Guard } from './guard.ts';
import { processTree, signalAll } from './process-tree.ts';

export interface ServiceOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly user?: { readonly uid: number; readonly gid: number } | null;
  /** The line, of either output, with which it says that it serves. */
  readonly serves: RegExp;
  /** Where its outputs are kept. */
  readonly folder: string;
  readonly guard: Guard;
}

const START_AGAIN_MS = 300;
const LOOK_AGAIN_MS = 50;

export class Service {
  readonly name: string;
  /** How often it ended although nobody had killed it. */
  fallen = 0;
  /** The line with which it said that it serves; undefined while it does not. */
  says: string | undefined;
  private readonly options: ServiceOptions;
  private readonly log: WriteStream;
  private child: ChildProcess | undefined;
  private isWanted = false;
  private pauseMs = START_AGAIN_MS;
  private isKilled = false;

  constructor(options: ServiceOptions) {
    this.options = options;
    this.name = options.name;
    this.log = createWriteStream(join(options.folder, `${options.name}.log`), { flags: 'a' });
  }

  get isRunning(): boolean {
    return this.child !== undefined;
  }

  start(): Promise<void> {
    this.isWanted = true;
    this.launch();
    return this.untilServing();
  }

  async untilServing(): Promise<void> {
    while (this.says === undefined && this.isWanted) await pause(LOOK_AGAIN_MS);
  }

  /** `kill -9`; it stays away for a while. */
  kill(awayMs: number): void {
    this.isKilled = true;
    this.pauseMs = START_AGAIN_MS + awayMs;
    this.signal('SIGKILL');
  }

  /** It is there and does nothing, until it goes on. */
  stop(): void {
    this.signal('SIGSTOP');
  }

  goOn(): void {
    this.signal('SIGCONT');
  }

  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.isWanted = false;
    const { child } = this;
    if (child === undefined) return;
    const ended = once(child, 'close');
    this.goOn();
    this.signal(signal);
    await ended;
  }

  private signal(signal: NodeJS.Signals): void {
    const pid = this.child?.pid;
    if (pid !== undefined) signalAll(processTree(pid), signal);
  }

  private launch(): void {
    if (!this.isWanted || this.child !== undefined) return;
    const { program, args, env, user, guard } = this.options;
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C is for the soak, which ends them in order.
      detached: true,
      ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
      ...user,
    });
    this.child = child;
    this.note('starts');
    if (child.pid !== undefined) guard.add(child.pid);
    for (const stream of [child.stdout, child.stderr]) this.hear(stream);
    child.on('error', (error) => this.note(String(error)));
    child.once('close', (code, signal) => {
      this.note(`has ended: ${signal ?? code}`);
      if (child.pid !== undefined) guard.remove(child.pid);
      this.ended();
    });
  }

  private hear(stream: NodeJS.ReadableStream): void {
    let open = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      this.log.write(text);
      const lines = (open + text).split('\n');
      open = lines.pop() ?? '';
      this.says ??= lines.find((line) => this.options.serves.test(line));
    });
  }

  private ended(): void {
    this.child = undefined;
    this.says = undefined;
    if (!this.isKilled && this.isWanted) this.fallen += 1;
    this.isKilled = false;
    setTimeout(() => this.launch(), this.pauseMs);
    this.pauseMs = START_AGAIN_MS;
  }

  private note(what: string): void {
    this.log.write(`--- ${new Date().toISOString()} ${this.name} ${what}\n`);
  }
}
