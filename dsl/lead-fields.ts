/** The fields of a lead model, each with what it takes. */
import type * as z from 'zod';
import type { AnyLeadModel } from './lead.ts';
import type { Json } from './plan.ts';

export interface LeadField {
  readonly schema: z.ZodType;
  /** Whoever lacks it is no such lead. */
  readonly required: boolean;
}

const NONE: ReadonlyMap<string, LeadField> = new Map();
const known = new WeakMap<object, ReadonlyMap<string, LeadField>>();

/** None where the model is no plain object: nothing is known of its fields. */
export function leadFields(model: AnyLeadModel | undefined): ReadonlyMap<string, LeadField> {
  if (model === undefined) return NONE;
  const { schema } = model;
  // By its look: the author's zod may be another copy than ours.
  const { shape } = schema as { readonly shape?: { readonly [field: string]: z.ZodType } };
  if (shape === undefined) return NONE;
  const found = known.get(schema);
  if (found !== undefined) return found;
  const fields = new Map(
    Object.entries(shape).map(([name, field]) => [
      name,
      { schema: field, required: !field.safeParse(undefined).success },
    ]),
  );
  known.set(schema, fields);
  return fields;
}

/** A value that fits, as the model reads it; as it was said where that is no JSON, as a date is none. */
export function readAs(field: LeadField | undefined, value: Json): Json {
  const read: unknown = field?.schema.safeParse(value).data;
  return isJson(read) ? read : value;
}

const isJson = (value: unknown): value is Json =>
  ['string', 'number', 'boolean'].includes(typeof value);
