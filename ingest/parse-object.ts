/** A text's JSON object; undefined where it holds anything else. */
import type { JsonObject } from '../dsl/plan.ts';

export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? // JSON that is no list and not null has text keys.
        (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
