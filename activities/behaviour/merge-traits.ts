/** Traits into a profile. Pure; the same values leave the profile as it is, the very same object. */
import type { Instant, Json, JsonObject } from '../../dsl/plan.ts';
import { isZone } from '../../dsl/calendar/zone-offset.ts';

/** What somebody else said of the person, and when. */
export interface SaidBefore {
  readonly at: Instant;
  readonly traits: JsonObject;
}

/**
 * @param others traits of the same person from other items: what was said later stands.
 */
export function mergeTraits(
  profile: JsonObject,
  traits: JsonObject,
  at: Instant,
  others: readonly SaidBefore[] = [],
): JsonObject {
  const later = others.filter((other) => other.at > at);
  const merged: Record<string, Json> = { ...profile };
  let changed = false;
  for (const [field, value] of Object.entries(traits)) {
    if (field === 'consents' || later.some((other) => field in other.traits)) continue;
    if (field === 'timezone' && !isKnownZone(value)) continue;
    if (value === null) {
      changed ||= field in merged;
      delete merged[field];
    } else if (!isSame(merged[field], value)) {
      changed = true;
      merged[field] = value;
    }
  }
  return changed ? merged : profile;
}

/** The profile's zone where it can be computed with. */
export const zoneOf = ({ timezone }: JsonObject): string | null =>
  typeof timezone === 'string' && isZone(timezone) ? timezone : null;

const isKnownZone = (value: Json): boolean =>
  value === null || (typeof value === 'string' && isZone(value));

const isSame = (a: Json | undefined, b: Json): boolean =>
  a === b ||
  (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
