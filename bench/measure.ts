/** What is measured with: the middle of several, processor time, heap. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The middle value; of two, the lower one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** Measures so many times, one after the other; a number of it is then the median of that number. */
export async function middleOf<T>(rounds: number, measure: (round: number) => Promise<T>) {
  const all: T[] = [];
  for (let round = 0; round < rounds; round++) all.push(await measure(round));
  return (of: (each: T) => number): number => median(all.map(of));
}

/** Of one tick of the kernel's clock, as /proc counts. */
const TICK_MS = 10;

/**
 * Milliseconds of processor time so far, of this process and of those that it started: the server and the
 * worker together. Unlike a rate, it says nearly the same when others use the machine. NaN where there
 * is no /proc.
 */
export async function processorTime(): Promise<number> {
  const names = await readdir('/proc').catch(() => []);
  const all = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(read));
  const processes = all.filter((each) => each !== undefined);
  if (processes.length === 0) return Number.NaN;
  const ours = new Set([process.pid]);
  // A parent may stand behind its child: look until nobody is added.
  for (let size = 0; size < ours.size;) {
    size = ours.size;
    for (const { id, parent } of processes) if (ours.has(parent)) ours.add(id);
  }
  return processes.reduce((sum, { id, ms }) => sum + (ours.has(id) ? ms : 0), 0);
}

async function read(id: string) {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined; // it has just ended
  // `id (name) state parent … user system`: the name may hold anything, so fields are counted behind it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ms = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  return { id: Number(id), parent: Number(fields[1]), ms };
}

setFlagsFromString('--expose-gc');
// With the flag, every new context has it.
const collect = runInNewContext('gc') as () => void;

/** Bytes that are really in use in this isolate, after everything that can be collected has been. */
export async function heapUsed(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    collect();
    await pause(20); // finalizers run between collections
  }
  return process.memoryUsage().heapUsed;
}
