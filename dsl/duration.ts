/** Lengths of time as authors write them. Calendar days are not hours: `waitDays` counts days itself. */

export interface Duration {
  readonly ms: number;
  /** As printed in step ids and messages: `48h`, `30d`. */
  readonly label: string;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNITS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', 1_000],
] as const;

/** @param count may be a fraction, more than 0. */
export const minutes = (count: number): Duration => ({ ms: count * MINUTE_MS, label: `${count}m` });

/**
 * @example
 * hours(48) // => { ms: 172800000, label: '48h' }
 */
export const hours = (count: number): Duration => ({ ms: count * HOUR_MS, label: `${count}h` });

/** Spans of 24 hours, for limits and windows (`within`, `sla`, `reenter`). */
export const days = (count: number): Duration => ({ ms: count * DAY_MS, label: `${count}d` });

/**
 * A length of time in words, in the largest unit of which it is a whole number.
 *
 * @example
 * printSpan(259_200_000) // => '3 days'
 * printSpan(5_400_000) // => '90 minutes'
 */
export function printSpan(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms % length === 0) ?? ['ms', 1];
  return `${ms / size} ${unit}${ms === size || unit === 'ms' ? '' : 's'}`;
}
