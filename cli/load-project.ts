/** A project on this machine: its config, TypeScript or JavaScript as it is, composed, and the folders beside it. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import type { CultivoConfig } from '../dsl/config.ts';
import type { Plan } from '../dsl/plan.ts';
import { datesThatPassed } from '../dsl/compile/dates-that-passed.ts';
import { composeProject, type Project } from '../dsl/project.ts';
import { checkZod, zodAdvice, zodMissing } from './check-zod.ts';
import { foldersWithConfig } from './find-config.ts';

interface LoadedProject {
  readonly project: Project;
  /** The folder of the config. */
  readonly directory: string;
}

/** Plans are in git beside the config, everything of this machine is in `.cultivo`. */
export const plansFolder = (directory: string): string => join(directory, 'plans');
export const dataFolder = (directory: string): string => join(directory, '.cultivo');

/** @param data a data folder. */
export const storeFolder = (data: string): string => join(data, 'store');

/**
 * @throws Error [config-missing, config-unloadable, config-invalid, zod-missing, zod-too-old], ProjectDefinitionError
 *   with every mistake.
 */
export async function loadProject(path: string): Promise<LoadedProject> {
  const file = resolve(path);
  const directory = dirname(file);
  if (!existsSync(file)) throw configMissing(path);
  checkZod(directory);
  const loaded: Loaded = await tsImport(pathToFileURL(file).href, import.meta.url).catch(
    (error: unknown) => {
      throw unloadable(path, directory, error);
    },
  );
  const config = configIn(loaded);
  if (config === undefined) {
    throw new Error(
      `${path}: expected "export default defineConfig({ journeys: […] })", received something else. [config-invalid]`,
    );
  }
  const project = composeProject(config);
  const advice = [
    ...zodAdvice(import.meta.dirname, directory),
    ...project.advice,
    ...datesThatPassed(project.plans.values(), Date.now()),
  ];
  return { project: { ...project, advice }, directory };
}

function configMissing(path: string): Error {
  const folders = foldersWithConfig();
  const fix =
    folders.length === 0
      ? 'Name it with --config, run in its folder, or make a project with `cultivo init`.'
      : `Name it with --config, or run in its folder: ${folders.join(', ')} ${folders.length === 1 ? 'has' : 'have'} one.`;
  return new Error(
    `${path}: expected a project's config, received no such file. ${fix} [config-missing]`,
  );
}

/** @throws Error [unknown-journey] */
export function findPlan({ plans }: Project, journey: string): Plan {
  const plan = plans.get(journey);
  if (plan !== undefined) return plan;
  throw new Error(
    `Journey ${JSON.stringify(journey)}: expected one of ${[...plans.keys()].join(', ')}, ` +
      'received a name that the config does not have. Name one of them, or add it. [unknown-journey]',
  );
}

interface Loaded {
  readonly default?: unknown;
}

/** A package without `"type": "module"` has its default export one level down. */
function configIn({ default: exported }: Loaded): CultivoConfig | undefined {
  if (typeof exported !== 'object' || exported === null) return undefined;
  // Looked at field by field: anything may have been exported.
  const config = ('default' in exported ? exported.default : exported) as
    Partial<CultivoConfig> | null | undefined;
  // The types of the rest are the author's compiler's to check.
  return Array.isArray(config?.journeys) ? (config as CultivoConfig) : undefined;
}

/** Definition errors say all that there is to say; of others the place is worth knowing. */
function unloadable(path: string, directory: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'JourneyDefinitionError') return error;
  if (/Cannot find (package|module) 'zod'/.test(error.message)) return zodMissing();
  return new Error(
    `${authorsLine(error, directory) ?? path}: expected a config that loads, received ${error.name}: ` +
      `${error.message.trim()}. Correct that; --trace shows where it was thrown. [config-unloadable]`,
    { cause: error },
  );
}

/** Where the author's own code was when it was thrown: `journeys/trial.js:12:5`. */
function authorsLine({ stack = '' }: Error, directory: string): string | undefined {
  const places = [...stack.matchAll(/(?:file:\/\/|\()(\/?[^()\n]+?):(\d+):(\d+)\)?$/gm)];
  for (const [, file = '', line = '', column = ''] of places) {
    const path = relative(directory, decodeURI(file.replace(/\?.*$/, '')));
    const isTheirs = isAbsolute(file) && !/^\.\.|node_modules/.test(path) && !isAbsolute(path);
    if (isTheirs) return `${path}:${line}:${column}`;
  }
  return undefined;
}
