/** Looks at a project and everything around it, and says of each thing whether it is well or what to do. */
import { dirname, resolve } from 'node:path';
import { readEnvironment } from '../../worker/environment.ts';
import { loadProject } from '../load-project.ts';
import { DEFAULT_PORT, type Globals } from '../options.ts';
import { adminKeyCheck, foldersCheck, portCheck, vendorsCheck, writeKeyCheck } from './access.ts';
import type { Check, Place } from './check.ts';
import { cultivoCheck, nodeCheck, typescriptCheck, zodCheck } from './packages.ts';
import { adviceCheck, lockCheck, projectCheck, publicUrlCheck } from './project.ts';
import { type Found, runChecks } from './run-checks.ts';
import { databaseCheck, environmentCheck, temporalCheck } from './services.ts';

export interface DoctorOptions extends Globals {
  readonly port?: number;
}

const ANSWER_WITHIN_MS = 4_000;
/** Of a check as a whole. */
const CHECK_WITHIN_MS = 9_000;

const CHECKS: readonly Check[] = [
  nodeCheck(),
  typescriptCheck,
  zodCheck,
  cultivoCheck,
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

export async function doctor(options: DoctorOptions): Promise<readonly Found[]> {
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
