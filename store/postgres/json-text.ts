/**
 * JSON and text as Postgres takes them: it refuses NUL and lone surrogates, which senders of
 * behaviour do write, and one such character must not fail a batch of thousands.
 */

const REPLACEMENT = '\uFFFD';
/** What `JSON.stringify` writes for them; an escaped backslash before it only costs a second pass. */
const SUSPECT_ESCAPE = /\\u(?:0000|d[89a-f])/;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The value as JSON text; `undefined` becomes null. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return SUSPECT_ESCAPE.test(text) ? JSON.stringify(cleaned(JSON.parse(text))) : text;
}

/** The texts as an array parameter, each once. */
export function textArray(values: readonly string[]): string[] {
  return [...new Set(values)].map(cleanText);
}

export function cleanText(text: string): string {
  return text.replaceAll('\u0000', REPLACEMENT).replace(LONE_SURROGATE, REPLACEMENT);
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [cleanText(key), cleaned(inner)]),
  );
}
