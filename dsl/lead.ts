/** The lead model: what a firm knows about a person, conditions on it, and what steps may do with it. */
import type * as z from 'zod';
import type { Condition } from './condition.ts';
import { leadWith } from './conditions/lead-is.ts';
import type { Where } from './conditions/test-value.ts';

/** A lead model where only its schema matters: what comes in is checked, whoever it is. */
export interface AnyLeadModel {
  readonly schema: z.ZodType;
}

export interface LeadModel<L> {
  /** Checks profiles where they come in (ingest, CSV); never bundled into workflows. */
  readonly schema: z.ZodType<L>;
  /**
   * Who the lead is, as the profile stands when asked.
   *
   * Compiles to `{ kind: 'lead', where }`. A field that the lead lacks passes no test.
   *
   * @example
   * Lead.is({ country: 'ES', employees: { atLeast: 50 } }).condition
   * // => { kind: 'lead', where: { country: { oneOf: ['ES'] }, employees: { atLeast: 50 } } }
   */
  is(where: Where<L>): Condition<L>;
}

/**
 * Declares the lead model from a zod object.
 *
 * The fields `email`, `phone`, `timezone` (IANA) and `owner` (a team member's id) mean what they say
 * wherever they are present; all others are the firm's own.
 */
export function lead<S extends z.ZodObject>(schema: S): LeadModel<z.output<S>> {
  return {
    // A ZodObject is a ZodType of its own output.
    schema: schema as unknown as z.ZodType<z.output<S>>,
    is: leadWith,
  };
}

declare const settable: unique symbol;

/** Only in the types. Needed by a step that writes such values. */
export interface Settable<F> {
  readonly [settable]: { readonly [K in keyof F]: (value: F[K]) => void };
}

/** Literals are read-only all the way down. */
type Literal<T> = T extends object ? { readonly [K in keyof T]: Literal<T[K]> } : T;

/**
 * The lead as a journey's steps see it: what it has, for those that read, and what each of its fields
 * may become, for those that write. Only in the types.
 */
export type JourneyLead<L> = L & Settable<{ [K in keyof L]-?: Literal<L[K]> }>;
