/**
 * Names and ids in one form (Unicode's NFC): `é` may be written as one character or as two, by keyboards,
 * file systems and senders, and is one name all the same.
 */

/**
 * @example
 * oneForm('Cafe\u0301') === 'Café' // => true
 */
export const oneForm = (name: string): string => name.normalize('NFC');
