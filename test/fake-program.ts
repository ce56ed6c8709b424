/** Puts a small Node program into a folder, to be found on a PATH under its name. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param script CommonJS */
export function fakeProgram(folder: string, name: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!${process.execPath}\n${script}`, { mode: 0o755 });
  return file;
}
