/** The versions that belong together, and how versions that programs print compare with them. */

/** Carries the server that is built. */
export const CLI_VERSION = '1.9.1';
/** As in go.mod. */
export const SERVER_VERSION = '1.32.0';
export const LEAST_GO_VERSION = '1.26.8';

/**
 * @example
 * versionIn('temporal version 1.9.1 (Server 1.32.0)') // => '1.9.1'
 * versionIn('go version go1.27 linux/amd64') // => '1.27'
 */
export function versionIn(text: string): string | null {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? null;
}

/**
 * @example
 * isAtLeast('1.10', '1.9.1') // => true
 */
export function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, 'en', { numeric: true }) >= 0;
}
