/** Makes a project: everything that could be wrong is looked at first, then files are written, then packages installed. */
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { Globals } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { folderUnusable, requireRoom } from './check-folder.ts';
import { checkPackages } from './check-packages.ts';
import { installPackages } from './install-packages.ts';
import { nextCommands } from './next-commands.ts';
import { callingPackageManager, type PackageManager } from './package-manager.ts';
import {
  dependenciesOf,
  manifestText,
  packageNameOf,
  readOwnManifest,
} from './package-manifest.ts';
import { projectFiles } from './project-files.ts';
import { statesOf, writeNew } from './write-files.ts';

export interface InitOptions extends Globals {
  readonly pm?: PackageManager;
  readonly install: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** A packed cultivo. */
  readonly cultivo?: string;
}

export interface ProjectMade {
  readonly folder: string;
  readonly name: string;
  readonly packageManager: PackageManager;
  readonly written: readonly string[];
  /** Files that stood there already and stay as they are. */
  readonly kept: readonly string[];
  readonly installed: boolean;
  readonly dryRun: boolean;
  /** Commands to go on with. */
  readonly next: readonly string[];
}

/**
 * @param given the folder, as it was typed.
 * @throws Error [folder-not-empty, folder-unusable, file-missing, zod-too-old, typescript-too-old, install-failed]
 */
export async function initProject(
  given: string,
  options: InitOptions,
  terminal: Terminal,
): Promise<ProjectMade> {
  const { force = false, dryRun = false } = options;
  const folder = resolve(given);
  const name = packageNameOf(basename(folder));
  const packageManager = options.pm ?? callingPackageManager(process.env['npm_config_user_agent']);
  const own = readOwnManifest();
  const dependencies = dependenciesOf(own, cultivoFrom(folder, options.cultivo) ?? own.version);
  const files = projectFiles({
    name,
    packageManager,
    fallbackZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    manifest: manifestText(name, own, dependencies),
  });
  const states = await statesOf(folder, files);
  if (!force) await requireRoom(given, folder, states);
  const keepsManifest = states.get('package.json') === 'other';
  if (keepsManifest) checkPackages(folder);

  const missing = [...files].filter(([path]) => states.get(path) === 'missing');
  const written: string[] = [];
  for (const [path, text] of missing) {
    const isNew = dryRun || (await writeNew(join(folder, path), text).catch(unusable(given)));
    if (isNew) written.push(path);
  }
  const installs = options.install && !dryRun && !keepsManifest;
  if (installs) {
    terminal.note(`Installing packages with ${packageManager}.`);
    await installPackages(folder, packageManager);
  }
  return {
    folder,
    name,
    packageManager,
    written,
    kept: [...files.keys()].filter((path) => !written.includes(path)),
    installed: installs,
    dryRun,
    next: nextCommands({
      folder: relative('.', folder),
      packageManager,
      installed: installs,
      lacking: keepsManifest ? dependencies : undefined,
    }),
  };
}

/** Relative, so that project and tarball may be moved together. */
function cultivoFrom(folder: string, tarball: string | undefined): string | undefined {
  if (tarball === undefined) return undefined;
  if (!existsSync(tarball)) {
    throw new Error(
      `--cultivo ${tarball}: expected a packed cultivo, received no such file. Correct its name. [file-missing]`,
    );
  }
  return `file:${relative(folder, resolve(tarball)).replaceAll('\\', '/')}`;
}

const unusable =
  (given: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw folderUnusable(given, error);
  };
