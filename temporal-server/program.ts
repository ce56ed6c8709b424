/** Programs of this machine: found in a PATH that is given, as a shell does, and run to their end. */
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What file names of programs end with here. */
export const PROGRAM_SUFFIX = process.platform === 'win32' ? '.exe' : '';

const COMPLAINT_CHARACTERS = 2_000;

export function programOnPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name + PROGRAM_SUFFIX))
    .find(isProgram);
}

export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

export interface ProgramResult {
  /** Null where it could not be started or was killed. */
  readonly exitCode: number | null;
  readonly output: string;
  /** The end of what it wrote to standard error, or why it did not run. */
  readonly complaint: string;
}

/** A failure is an answer, not an exception. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly timeoutMs?: number } = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
    });
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-COMPLAINT_CHARACTERS);
    });
    child.on('error', (error) => resolve({ exitCode: null, output, complaint: error.message }));
    child.on('close', (exitCode, signal) => {
      const ending = signal === null ? '' : `ended by ${signal}`;
      resolve({ exitCode, output, complaint: complaint.trim() || ending });
    });
  });
}
