/**
 * What the columns of a table of leads hold, and what text in their cells means: by the lead model's own
 * fields numbers and booleans, all else stays text.
 */
import type * as z from 'zod';
import { normaliseName } from '../dsl/behaviour.ts';
import type { Json } from '../dsl/plan.ts';

/** Null: nothing that is known. */
export type Column =
  | { readonly field: string; readonly type: z.core.$ZodType | undefined }
  | { readonly topic: string }
  | { readonly userId: true }
  | null;

const USER_ID_COLUMNS = ['user id', 'id'];
const CONSENT = /^consent:\s*(.+)$/i;

/** Fields are found whatever the style of writing them; any name goes where the model is no object. */
export function columnOf(name: string, model: z.ZodType): Column {
  const [, topic] = CONSENT.exec(name) ?? [];
  if (topic !== undefined) return { topic };
  const { def } = model._zod;
  if (def.type !== 'object') return { field: name, type: undefined };
  // The only definition with a shape is an object's.
  const fields = (def as z.core.$ZodObjectDef).shape;
  const same = (other: string): boolean => normaliseName(other) === normaliseName(name);
  const field = name in fields ? name : Object.keys(fields).find(same);
  if (field !== undefined) return { field, type: fields[field] };
  return USER_ID_COLUMNS.some(same) ? { userId: true } : null;
}

/** The cell's value; the text itself where it is not of the field's kind: the model then says so. */
export function readCell(text: string, field: z.core.$ZodType | undefined): Json {
  const kind = field && kindOf(field);
  if (kind === 'number') return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return readBoolean(text) ?? text;
  return text;
}

const WORDS: { readonly [word: string]: boolean } = {
  true: true,
  yes: true,
  1: true,
  false: false,
  no: false,
  0: false,
};

export const readBoolean = (text: string): boolean | undefined => WORDS[text.toLowerCase()];

/** The kind behind `optional`, `nullable`, `default` and the like. */
function kindOf(field: z.core.$ZodType): string {
  const { def } = field._zod;
  // Wrappers name what they wrap, pipes what goes in; no other definition has these keys.
  const { innerType, in: first } = def as { innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  const inner = innerType ?? first;
  return inner === undefined ? def.type : kindOf(inner);
}
