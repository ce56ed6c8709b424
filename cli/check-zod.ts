/** zod is the author's own copy: one that is missing or too old is said in a sentence, before it fails somewhere else. */
import { installedPackage } from './installed-package.ts';

const FIX = 'Install it where package.json is: `npm install zod@4`.';

/**
 * Holds the zod that modules of a folder get to version 4.
 *
 * @throws Error [zod-too-old]
 */
export function checkZod(folder: string): void {
  const zod = installedPackage('zod', folder);
  if (zod === undefined || !/^[0-3]\./.test(zod.version)) return;
  throw new Error(
    `zod: expected version 4, received ${zod.version} of ${zod.folder}. ${FIX} [zod-too-old]`,
  );
}

/**
 * Holds the zod that cultivo itself gets to version 4.
 *
 * @param folder of cultivo's modules.
 * @throws Error [zod-missing, zod-too-old]
 */
export function requireZod(folder: string): void {
  if (installedPackage('zod', folder) === undefined) throw zodMissing();
  checkZod(folder);
}

export const zodMissing = (): Error =>
  new Error(`zod: expected version 4 beside cultivo, received none. ${FIX} [zod-missing]`);

/** Two versions at once work, and their types may not fit each other. */
export function zodAdvice(own: string, project: string): readonly string[] {
  const [ours, theirs] = [own, project].map((folder) => installedPackage('zod', folder));
  if (ours === undefined || theirs === undefined || ours.version === theirs.version) return [];
  return [
    `zod: expected one copy, received ${theirs.version} of the project and ${ours.version} of cultivo (${ours.folder}). ` +
      'Types of fields may not fit: make them one, as `npm dedupe` does. [zod-twice]',
  ];
}
