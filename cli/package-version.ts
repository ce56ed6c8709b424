/** The version of this package, from its package.json. */
import { existsSync, readFileSync } from 'node:fs';

/** From sources it is one folder up, built two. */
const PLACES = ['../package.json', '../../package.json'];

export function packageVersion(): string {
  const file = PLACES.map((place) => new URL(place, import.meta.url)).find((url) =>
    existsSync(url),
  );
  if (file === undefined) return 'unknown';
  const { version }: { version?: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version ?? 'unknown';
}
