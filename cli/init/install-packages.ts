/** Installs a project's packages by its package manager, whose words are shown as they come. */
import { spawn } from 'node:child_process';
import type { PackageManager } from './package-manager.ts';

/** By themselves they try an unreachable registry for more than a minute, in silence. */
const SOON_SAID = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000'];

/** What is in the cache is not asked for again: the first minute is short, and often needs no network. */
const ARGUMENTS: { readonly [P in PackageManager]: readonly string[] } = {
  npm: ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...SOON_SAID],
  pnpm: ['install', '--prefer-offline', ...SOON_SAID],
};

/**
 * @throws Error [install-failed]; what was written stays.
 */
export async function installPackages(folder: string, by: PackageManager): Promise<void> {
  const failure = await new Promise<string | null>((resolve) => {
    const child = spawn(by, ARGUMENTS[by], {
      cwd: folder,
      // Standard output is for the answer alone.
      stdio: ['ignore', process.stderr, process.stderr],
      shell: process.platform === 'win32',
    });
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code) => resolve(code === 0 ? null : `exit code ${code}`));
  });
  if (failure === null) return;
  throw new Error(
    `${by} install: expected it to install the packages, received ${failure}. The project is written: ` +
      `run \`${by} install\` in ${folder} once the network and ${by} are there. [install-failed]`,
  );
}
