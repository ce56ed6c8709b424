/**
 * How fast Resend lets us call, as each of its answers says: `ratelimit-limit` and `-policy` (resend.com/docs). What is
 * left of it is not looked at: at full pace nothing ever is, and a call too many is refused, unsent, with `retry-after`. Pure.
 */

/** Of a window whose length is not said. */
const WINDOW_SECONDS = 1;
/** Nobody is believed who says more. */
const MOST_CALLS_PER_SECOND = 100;

/**
 * @param headers of an answer, names in lower case.
 * @returns calls a second; undefined: it was not said.
 */
export function resendPace(
  headers: { readonly [name: string]: string } | null,
): number | undefined {
  const window = numberIn(/;\s*w=(\d+)/.exec(headers?.['ratelimit-policy'] ?? '')?.[1]);
  const limit = numberIn(headers?.['ratelimit-limit']);
  if (!limit) return undefined;
  return Math.min(limit / (window || WINDOW_SECONDS), MOST_CALLS_PER_SECOND);
}

/** Numbers from zero on: `5`, and the first of `5, 5;w=1`. */
function numberIn(text: string | undefined): number | undefined {
  const digits = /^\s*(\d+)/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
