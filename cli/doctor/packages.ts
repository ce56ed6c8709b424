/** What a project is made with: Node, TypeScript, zod, and the cultivo that it gets. */
import { requireZod, checkZod, zodAdvice } from '../check-zod.ts';
import { installedPackage, isAtLeast, LEAST_TYPESCRIPT } from '../installed-package.ts';
import { packageVersion } from '../package-files.ts';
import { type Check, failure, failed, ok, skipped, warning } from './check.ts';

const LEAST_NODE = [20, 19] as const;

/** @param version as `process.versions.node`. */
export const nodeCheck = (version = process.versions.node): Check => ({
  name: 'Node',
  look: () =>
    isAtLeast(version, LEAST_NODE)
      ? ok(`${version}.`)
      : failure(
          `Expected ${LEAST_NODE.join('.')} or later, received ${version}.`,
          'Install a later one: https://nodejs.org.',
        ),
});

export const typescriptCheck: Check = {
  name: 'TypeScript',
  look({ directory }) {
    const found = installedPackage('typescript', directory);
    if (found === undefined)
      return skipped('Not installed: as with JavaScript, nothing checks types.');
    const { version } = found;
    return isAtLeast(version, LEAST_TYPESCRIPT)
      ? ok(`${version}.`)
      : failure(
          `Expected ${LEAST_TYPESCRIPT.join('.')} or later, received ${version}.`,
          'Run `npm install --save-dev typescript@latest`.',
        );
  },
};

/** @param own the folder whose zod cultivo's modules get. */
export const zodCheck = (own = import.meta.dirname): Check => ({
  name: 'zod',
  look({ directory }) {
    try {
      requireZod(own);
      checkZod(directory);
    } catch (error) {
      return failed(error);
    }
    const [twice] = zodAdvice(own, directory);
    if (twice !== undefined) return { state: 'warning', says: twice };
    const [ours, theirs] = [own, directory].map((folder) => installedPackage('zod', folder));
    // Of one version they do the same, and types of one are still not those of the other.
    if (theirs !== undefined && theirs.folder !== ours?.folder)
      return warning(
        `Two copies of ${theirs.version}: the project's, and cultivo's in ${ours?.folder}. Types of fields may not fit.`,
        'Make them one: `npm dedupe`.',
      );
    return ok(`${theirs?.version ?? 'Cultivo’s own'}.`);
  },
});

export const cultivoCheck: Check = {
  name: 'Cultivo',
  look({ directory }) {
    const own = packageVersion();
    const theirs = installedPackage('cultivo', directory);
    if (theirs === undefined || theirs.version === own) return ok(`${own}.`);
    return warning(
      `${own} looks at a project that has ${theirs.version}.`,
      'Run the project’s own: `npx cultivo doctor` in its folder.',
    );
  },
};

/** What can be looked at without zod. */
export const PACKAGES = (own?: string): readonly Check[] => [
  nodeCheck(),
  typescriptCheck,
  zodCheck(own),
  cultivoCheck,
];
