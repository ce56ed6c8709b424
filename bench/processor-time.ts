/**
 * Processor time of this process and of those that it started: the server and the worker together. Unlike a
 * rate, it says nearly the same when others use the machine. Linux only.
 */
import { readdir, readFile } from 'node:fs/promises';

/** Of one tick of the kernel's clock, as /proc counts. */
const TICK_MS = 10;

/** Milliseconds so far; undefined where there is no /proc. */
export async function processorTime(): Promise<number | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const all = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(read));
  const processes = all.filter((each) => each !== undefined);
  if (processes.length === 0) return undefined;
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
