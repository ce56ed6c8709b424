/**
 * How a mail greets: the first word of a name.
 *
 * @example
 * firstName('Lucía Ferrer') // => 'Lucía'
 */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
