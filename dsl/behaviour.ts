/** What a person did, as conditions and the scoring model read it. */
import { oneForm } from './one-form.ts';
import type { Instant, JsonObject } from './plan.ts';

export interface Behaviour {
  readonly id: string;
  /** Normalised name, e.g. `pricing viewed`. */
  readonly name: string;
  readonly at: Instant;
  readonly properties: JsonObject;
  /** A machine open or a scanner's click: kept, but no condition and no scoring rule counts it. */
  readonly suspectedBot?: boolean;
}

/**
 * Writes an event's name in one style, whichever its sender uses: words in lower case, one space
 * between them.
 *
 * @example
 * normaliseName('Trial Started') // => 'trial started'
 * normaliseName('trial_started') // => 'trial started'
 * normaliseName('trialStarted') // => 'trial started'
 */
export function normaliseName(name: string): string {
  return oneForm(name)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
