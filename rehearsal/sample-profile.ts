/** A made-up profile that fits a lead model: for previews and personas, so that nobody has to write one first. */
import * as z from 'zod';
import type { AnyLeadModel } from '../dsl/lead.ts';
import type { Json, JsonObject } from '../dsl/plan.ts';

/** What JSON Schema says of a value, as far as samples need it. */
interface Described {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly anyOf?: readonly Described[];
  readonly properties?: { readonly [field: string]: Described };
  readonly required?: readonly string[];
  readonly items?: Described;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly default?: Json;
}

/** Fields that mean something, or that nearly every model has. */
const USUAL: JsonObject = {
  name: 'Ana Ruiz',
  firstName: 'Ana',
  lastName: 'Ruiz',
  email: 'ana@example.com',
  phone: '+34 600 000 101',
  timezone: 'Europe/Madrid',
  company: 'Example Works',
  city: 'Madrid',
  country: 'ES',
  language: 'en',
};

/**
 * Every field of the model that a sample can be made for, those that are given as they are.
 */
export function sampleProfile({ schema }: AnyLeadModel, given: JsonObject = {}): JsonObject {
  const fields = fieldsOf(schema);
  const sample: Record<string, Json> = {};
  for (const [field, described] of Object.entries(fields)) {
    // Who it is the config says, for whoever has none.
    if (field === 'owner') continue;
    const candidates = [USUAL[field], valueOf(described)].filter((each) => each !== undefined);
    const fitting = [...candidates, null].find((each) => fits(schema, field, each));
    if (fitting !== undefined) sample[field] = fitting;
  }
  return { ...sample, ...given };
}

function fieldsOf(schema: z.ZodType): { readonly [field: string]: Described } {
  try {
    const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    // Read field by field, as far as samples need it.
    return (described as Described).properties ?? {};
  } catch {
    return {};
  }
}

/** By the field's own schema; where the model is no plain object, whatever is described fits. */
function fits(schema: z.ZodType, field: string, value: Json): boolean {
  // By its look: the author's zod may be another copy.
  const { shape } = schema as { readonly shape?: { readonly [field: string]: z.ZodType } };
  const own = shape?.[field];
  return own === undefined || own.safeParse(value).success;
}

function valueOf(described: Described): Json | undefined {
  const { type, format, anyOf, properties, required = [], items, minItems = 0 } = described;
  if (described.default !== undefined) return described.default;
  if (described.const !== undefined) return described.const;
  if (described.enum !== undefined) return described.enum[0];
  if (anyOf !== undefined) return anyOf.map(valueOf).find((each) => each !== undefined);
  switch (type) {
    case 'string':
      return FORMATS[format ?? ''] ?? textOf(described);
    case 'number':
    case 'integer':
      return leastOf(described);
    case 'boolean':
      return true;
    case 'array': {
      const item = items && valueOf(items);
      return item === undefined ? [] : Array.from({ length: minItems }, () => item);
    }
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {}).flatMap(([field, own]) => {
          const value = required.includes(field) ? valueOf(own) : undefined;
          return value === undefined ? [] : [[field, value]];
        }),
      );
    default:
      return undefined;
  }
}

/** Whole numbers say that they are safe ones: that is no least value of the author's. */
function leastOf({ minimum, exclusiveMinimum }: Described): number {
  if (exclusiveMinimum !== undefined) return exclusiveMinimum + 1;
  return minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? 1 : minimum;
}

const FORMATS: { readonly [format: string]: Json } = {
  email: 'ana@example.com',
  uri: 'https://example.com',
  date: '2026-03-02',
  'date-time': '2026-03-02T10:00:00Z',
  uuid: '3f0e7b1a-6f5c-4a57-9d1b-1c2d3e4f5a6b',
};

const textOf = ({ minLength = 0, maxLength = Infinity }: Described): string =>
  'sample'.padEnd(minLength, '.').slice(0, maxLength);
