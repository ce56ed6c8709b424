/** A text of a JSON object, where there is one. */
import type { JsonObject } from '../dsl/plan.ts';

export function textIn(values: JsonObject, field: string): string | undefined {
  const value = values[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
