/**
 * Calls the author's own code. What it throws may quote the lead it was given, and errors of activities
 * are kept in histories and logs: it leaves here without that.
 */
import type { JsonObject } from '../../dsl/plan.ts';
import { framesOf } from '../frames-of.ts';
import { withoutPersonalData } from '../without-personal-data.ts';

/** What own code threw, told without the lead's data. */
export class OwnCodeFailed extends Error {
  /** The thrown error's own name. */
  override readonly name: string;
  /** What hosts ask of it (whether to try again), never its text. */
  readonly thrown: unknown;

  constructor(thrown: unknown, profile: JsonObject) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    super(withoutPersonalData(error.message, profile));
    this.name = withoutPersonalData(error.name, profile);
    // Seen by nobody who prints or serialises it.
    Object.defineProperty(this, 'thrown', { enumerable: false });
    this.thrown = thrown;
    this.stack = [`${this.name}: ${this.message}`, ...framesOf(error)].join('\n');
  }
}

/** @throws OwnCodeFailed */
export async function discreetly<T>(profile: JsonObject, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new OwnCodeFailed(error, profile);
  }
}
