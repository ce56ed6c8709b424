/** How the command line is called from here, for hints that can be copied. */

/** Installed, it is found through npx; in a checkout of this repository, through its npm script. */
export const CALLED_AS = import.meta.url.endsWith('.ts') ? 'npm run cultivo --' : 'npx cultivo';
