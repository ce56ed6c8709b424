/** Runs a program to its end and answers with what it said; a failure is an answer, not an exception. */
import { spawn, type SpawnOptions } from 'node:child_process';

export interface ProgramResult {
  /** Null where it could not be started or was killed. */
  readonly exitCode: number | null;
  readonly output: string;
  /** The end of what it wrote to standard error, or why it did not run. */
  readonly complaint: string;
}

const COMPLAINT_CHARACTERS = 2_000;

export function runProgram(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env' | 'signal' | 'timeout'> = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
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
