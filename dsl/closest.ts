/** The name that somebody may have meant. */

/**
 * The known name that differs least, by letters that are wrong, missing, too many or swapped; undefined where none is
 * near.
 *
 * @example
 * closest('quotee requested', ['quote requested', 'pricing viewed']) // => 'quote requested'
 * closest('bought', ['quote requested']) // => undefined
 */
export function closest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 4)) + 1;
  for (const each of known) {
    if (Math.abs(each.length - name.length) >= least) continue;
    const far = distance(name.toLowerCase(), each.toLowerCase());
    if (far < least) [best, least] = [each, far];
  }
  return best;
}

function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
