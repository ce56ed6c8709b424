/** Bytes that are really in use in this isolate, after everything that can be collected has been. */
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
// With the flag, every new context has it.
const collect = runInNewContext('gc') as () => void;

export async function heapUsed(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    collect();
    await pause(20); // finalizers run between collections
  }
  return process.memoryUsage().heapUsed;
}
