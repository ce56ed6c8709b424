/** Everything that `doctor` looks at, where zod is there that most of it is made of. */
import { dirname, resolve } from 'node:path';
import { readEnvironment } from '../../worker/environment.ts';
import { loadProject } from '../load-project.ts';
import { DEFAULT_PORT } from '../options.ts';
import { adminKeyCheck, foldersCheck, portCheck, vendorsCheck, writeKeyCheck } from './access.ts';
import type { Check, Place } from './check.ts';
import type { DoctorOptions } from './doctor.ts';
import { PACKAGES } from './packages.ts';
import { adviceCheck, lockCheck, projectCheck, publicUrlCheck } from './project.ts';
import { CHECK_WITHIN_MS, type Found, runChecks } from './run-checks.ts';
import { databaseCheck, environmentCheck } from './services.ts';
import { temporalCheck } from './temporal.ts';

const ANSWER_WITHIN_MS = 4_000;

const CHECKS: readonly Check[] = [
  ...PACKAGES(),
  projectCheck,
  adviceCheck,
  lockCheck,
  foldersCheck,
  environmentCheck,
  portCheck(ANSWER_WITHIN_MS),
  temporalCheck(ANSWER_WITHIN_MS),
  databaseCheck(ANSWER_WITHIN_MS),
  writeKeyCheck,
  adminKeyCheck,
  vendorsCheck,
  publicUrlCheck(ANSWER_WITHIN_MS),
];

export async function lookAtAll(options: DoctorOptions): Promise<readonly Found[]> {
  return runChecks(CHECKS, await placeOf(options), CHECK_WITHIN_MS);
}

async function placeOf({ config, port }: DoctorOptions): Promise<Place> {
  const problems: { environment?: string; project?: string } = {};
  const said = (what: keyof typeof problems) => (error: unknown) => {
    problems[what] = error instanceof Error ? error.message : String(error);
    return undefined;
  };
  const environment = await Promise.resolve()
    .then(() => readEnvironment())
    .catch(said('environment'));
  const loaded = await loadProject(config).catch(said('project'));
  return {
    directory: loaded?.directory ?? dirname(resolve(config)),
    environment,
    project: loaded?.project,
    problems,
    port: port ?? environment?.PORT ?? DEFAULT_PORT,
  };
}
