/** What the fake Resend has accepted, call by call, in a file that outlives its process. */
import { existsSync, readFileSync } from 'node:fs';
import type { Answer, ResendEmail } from './resend-rules.ts';

export interface Accepted {
  readonly at: number;
  /** The idempotency key. */
  readonly key?: string | undefined;
  readonly bodyHash: string;
  readonly answer: Answer;
  readonly emails: readonly ResendEmail[];
}

export const readAccepted = (file: string): readonly Accepted[] => readLines<Accepted>(file);

/** Lines of JSON; a last one that a kill has cut short was told to nobody. */
export function readLines<Line>(file: string): readonly Line[] {
  if (!existsSync(file)) return [];
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as Line);
}
