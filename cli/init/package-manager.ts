/** npm or pnpm: whichever called us, unless one is named. */

export const PACKAGE_MANAGERS = ['npm', 'pnpm'] as const;

export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** @param userAgent as package managers tell it to what they run: `pnpm/10.4.1 npm/? node/v22.14.0 …`. */
export const callingPackageManager = (userAgent = ''): PackageManager =>
  userAgent.startsWith('pnpm/') ? 'pnpm' : 'npm';
