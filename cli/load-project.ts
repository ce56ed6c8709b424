/** Loads a project's `cultivo.config.ts`, TypeScript as it is, and composes it. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import type { CultivoConfig } from '../dsl/config.ts';
import { composeProject, type Project } from '../dsl/project.ts';

export interface LoadedProject {
  readonly project: Project;
  /** The folder of the config: plans, inbox and store lie beside it. */
  readonly directory: string;
}

/**
 * @throws Error [config-missing, config-unloadable, config-invalid], ProjectDefinitionError with every mistake.
 */
export async function loadProject(path: string): Promise<LoadedProject> {
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new Error(
      `${path}: expected a project's config, received no such file. ` +
        'Name it with --config, or run in its folder. [config-missing]',
    );
  }
  const loaded: Loaded = await tsImport(pathToFileURL(file).href, import.meta.url).catch(
    (error: unknown) => {
      throw unloadable(path, error);
    },
  );
  const config = configIn(loaded);
  if (config === undefined) {
    throw new Error(
      `${path}: expected "export default defineConfig({ journeys: […] })", received something else. [config-invalid]`,
    );
  }
  return { project: composeProject(config), directory: dirname(file) };
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
function unloadable(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'JourneyDefinitionError') return error;
  return new Error(
    `${path}: expected a config that loads, received ${error.name}: ${error.message.trim()}. ` +
      'Correct that; --trace shows where it was thrown. [config-unloadable]',
    { cause: error },
  );
}
