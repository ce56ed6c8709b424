/** Error texts that may be kept and logged: addresses and what the profile holds are taken out. */
import type { Json } from '../dsl/plan.ts';

/** As it is written, and as links carry it. */
const ADDRESS = /[^\s<>"'`(),;:=&?/]+(?:@|%40)[^\s<>"'`(),;:&?/]+/gi;

const LONGEST_TEXT = 500;

/** Of an error; own code may have put a whole answer of some service into it. */
const LONGEST_READ = 20_000;

/** Shorter ones are in every word, and say nothing. */
const SHORTEST_VALUE = 2;

/**
 * Values are found in any case, form and encoding of links.
 *
 * @example
 * withoutPersonalData('ANA at ana@a.example', { name: 'Ana' }) // => '… at …'
 */
export function withoutPersonalData(text: string, profile: Json = {}): string {
  const left = text.slice(0, LONGEST_READ).normalize('NFC').replace(ADDRESS, '…');
  const folded = left.toLowerCase();
  const found = [...new Set(textsIn(profile).flatMap(waysToWrite))]
    .filter((value) => value.length >= SHORTEST_VALUE && folded.includes(value.toLowerCase()))
    .toSorted((a, b) => b.length - a.length)
    .map((value) => value.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  const redacted =
    found.length === 0 ? left : left.replace(new RegExp(found.join('|'), 'giu'), '…');
  return redacted.slice(0, LONGEST_TEXT);
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return value > 999 ? [String(value)] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

function waysToWrite(value: string): string[] {
  const text = value
    .replace(/\p{Cs}/gu, '')
    .normalize('NFC')
    .trim();
  const inLink = encodeURIComponent(text);
  return [text, JSON.stringify(text).slice(1, -1), inLink, inLink.replaceAll('%20', '+')];
}
