/**
 * Looks at a project and everything around it, and says of each thing whether it is well or what to do. Without a zod
 * that will do hardly a module can be loaded: then it says that, and looks at what can be looked at.
 */
import { dirname, resolve } from 'node:path';
import { requireZod } from '../check-zod.ts';
import type { Globals } from '../options.ts';
import { PACKAGES } from './packages.ts';
import { CHECK_WITHIN_MS, type Found, runChecks } from './run-checks.ts';

export interface DoctorOptions extends Globals {
  readonly port?: number;
}

/** @param own the folder whose zod cultivo's modules get. */
export async function doctor(
  options: DoctorOptions,
  own = import.meta.dirname,
): Promise<readonly Found[]> {
  if (hasZod(own)) return (await import('./look-at-all.ts')).lookAtAll(options);
  const directory = dirname(resolve(options.config));
  const nothing = { environment: undefined, project: undefined, problems: {}, port: 0 };
  return runChecks(PACKAGES(own), { directory, ...nothing }, CHECK_WITHIN_MS);
}

function hasZod(own: string): boolean {
  try {
    requireZod(own);
    return true;
  } catch {
    return false;
  }
}
