/** A number with its noun. */

/**
 * @example
 * plural(1, 'row') // => '1 row'
 */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
