/** Versions as programs print them: the first three numbers with dots between. */
export type Version = readonly [major: number, minor: number, patch: number];

/**
 * @example
 * versionIn('temporal version 1.9.1 (Server 1.32.0)') // => [1, 9, 1]
 * versionIn('go version go1.27 linux/amd64') // => [1, 27, 0]
 */
export function versionIn(text: string): Version | null {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

export function isAtLeast(version: Version, least: Version): boolean {
  const [major, minor, patch] = version;
  if (major !== least[0]) return major > least[0];
  return minor === least[1] ? patch >= least[2] : minor > least[1];
}
