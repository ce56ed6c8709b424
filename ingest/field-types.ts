/** What text in a cell means, by the lead model's own fields: numbers and booleans; all else stays text. */
import type * as z from 'zod';
import type { Json } from '../dsl/plan.ts';

/** The model's fields; undefined where it is no object, so any field goes. */
export function fieldsOf(
  schema: z.ZodType,
): { readonly [field: string]: z.core.$ZodType } | undefined {
  const def = schema._zod.def;
  // The only definition with a shape is an object's.
  return def.type === 'object' ? (def as z.core.$ZodObjectDef).shape : undefined;
}

const WORDS: { readonly [word: string]: boolean } = {
  true: true,
  yes: true,
  1: true,
  false: false,
  no: false,
  0: false,
};

/** The cell's value; the text itself where it is not of the field's kind: the model then says so. */
export function readCell(text: string, field: z.core.$ZodType | undefined): Json {
  const kind = field && kindOf(field);
  if (kind === 'number') return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return readBoolean(text) ?? text;
  return text;
}

export const readBoolean = (text: string): boolean | undefined => WORDS[text.toLowerCase()];

/** The kind behind `optional`, `nullable`, `default` and the like. */
function kindOf(field: z.core.$ZodType): string {
  const { def } = field._zod;
  // Wrappers name what they wrap, pipes what goes in; no other definition has these keys.
  const { innerType, in: first } = def as { innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  const inner = innerType ?? first;
  return inner === undefined ? def.type : kindOf(inner);
}
