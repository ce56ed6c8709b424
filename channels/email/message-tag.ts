/** A message's key as a provider's tag: webhooks carry it back, so their event finds its message. */

const LONGEST_TAG = 256;

/** ASCII letters, digits, `_` and `-` only; undefined where the key is too long for a tag. */
export function messageTag(key: string): string | undefined {
  const tag = Buffer.from(key).toString('base64url');
  return tag.length > LONGEST_TAG ? undefined : tag;
}
