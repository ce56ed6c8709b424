/** Finds where something that changes once changes. Safe: whole numbers, and halves that always shrink. */

/**
 * Finds the first whole number after `low`, up to and including `high`, for which `holds` is true. It
 * must be false at `low`, true at `high`, and change once between them.
 *
 * @example
 * bisect(0, 100, (n) => n * n > 50) // => 8
 */
export function bisect(low: number, high: number, holds: (n: number) => boolean): number {
  let before = low;
  let found = high;
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2);
    if (holds(middle)) found = middle;
    else before = middle;
  }
  return found;
}
