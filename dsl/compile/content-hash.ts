/** The content hash that names a plan: the same content has the same name, whatever order its keys were written in. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** First 16 hex digits of SHA-256 over the JSON with sorted keys. */
export const contentHash = (content: unknown): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(content)))).slice(0, 16);

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
