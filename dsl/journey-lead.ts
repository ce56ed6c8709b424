/**
 * The lead as a journey's steps see it: what it has, for those that read, and what each of its fields
 * may become, for those that write. Only in the types.
 */

declare const settable: unique symbol;

/** Needed by a step that writes such values. */
export interface Settable<F> {
  readonly [settable]: { readonly [K in keyof F]: (value: F[K]) => void };
}

/** Literals are read-only all the way down. */
type Literal<T> = T extends object ? { readonly [K in keyof T]: Literal<T[K]> } : T;

export type JourneyLead<L> = L & Settable<{ [K in keyof L]-?: Literal<L[K]> }>;
