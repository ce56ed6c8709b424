/** A project that was there before brings packages of its own: those that are too old are named before anything is written. */
import { checkZod } from '../check-zod.ts';
import { installedPackage, isAtLeast, LEAST_TYPESCRIPT } from '../installed-package.ts';

/**
 * @throws Error [zod-too-old, typescript-too-old]
 */
export function checkPackages(folder: string): void {
  checkZod(folder);
  const typescript = installedPackage('typescript', folder);
  if (typescript === undefined || isAtLeast(typescript.version, LEAST_TYPESCRIPT)) return;
  throw new Error(
    `typescript: expected version ${LEAST_TYPESCRIPT.join('.')} or later, received ${typescript.version} of ${typescript.folder}. ` +
      'Install one where package.json is: `npm install --save-dev typescript@latest`. [typescript-too-old]',
  );
}
