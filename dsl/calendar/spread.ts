/**
 * Spreads people who are due at one instant over a window. Safe: the same key has the same place on every
 * worker and on replay; nothing random is involved.
 */

/**
 * Gives a key its place in a window: whole ms, 0 or more and less than `windowMs`, evenly distributed.
 *
 * @param key e.g. lead and step; characters are UTF-16 code units
 * @param windowMs length of the window, 0 or more; 0 puts everybody at 0
 * @example
 * spreadOffset('lead-1', 0) // => 0
 * spreadOffset('lead-1', 300000) === spreadOffset('lead-1', 300000) // => true
 */
export function spreadOffset(key: string, windowMs: number): number {
  return Math.floor((mix(fnv1a(key)) / 2 ** 32) * windowMs);
}

/** FNV-1a, 32 bits: draft-eastlake-fnv. */
function fnv1a(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  return hash;
}

/** Carries the last characters into the upper bits, which FNV-1a alone leaves alike for `lead-1`, `lead-2`, … */
function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
