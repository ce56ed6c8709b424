/** Error texts that may be kept and logged: addresses and what the profile holds are taken out. */
import type { Json } from '../dsl/plan.ts';

const ADDRESS = /[^\s<>"'`(),;:]+@[^\s<>"'`(),;:]+/g;

/**
 * @example
 * withoutPersonalData('Ana at ana@a.example', { name: 'Ana' }) // => '… at …'
 */
export function withoutPersonalData(text: string, profile: Json = {}): string {
  return textsIn(profile)
    .filter((value) => value.length > 1)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, value) => left.replaceAll(value, '…'), text.replace(ADDRESS, '…'))
    .slice(0, 500);
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return value > 999 ? [String(value)] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
