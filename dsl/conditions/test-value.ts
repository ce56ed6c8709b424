/** Tests on one value (`'ES'`, `oneOf('ES', 'MX')`, `{ atLeast: 50 }`), shared by leads' fields and events' payloads. */
import type { Json, JsonObject, TestPlan } from '../plan.ts';
import { invalid, type LocalProblem, type Mistake } from '../problem.ts';

interface OneOf<T extends Json> {
  readonly oneOf: readonly T[];
}

interface Bounds {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** What can be compared; lists and objects cannot. */
type Scalar = string | number | boolean;

/** What an author reads who sets bounds to a text. */
interface NoBounds {
  readonly atLeast?: Mistake<'Bounds are for numbers, and this is not one.'>;
  readonly atMost?: Mistake<'Bounds are for numbers, and this is not one.'>;
}

/**
 * Tests by field: the value, some of them, or bounds where it is a number; fields that are not named
 * are not tested. Written out, not by other types' names, so that compilers print the values.
 */
export type Where<T> = {
  readonly [K in keyof T]?:
    | Extract<T[K], Scalar>
    | OneOf<Extract<T[K], Scalar>>
    | (Extract<T[K], number> extends never ? NoBounds : Bounds);
};

/**
 * Any of some values.
 *
 * @example
 * oneOf('ES', 'MX') // => { oneOf: ['ES', 'MX'] }
 */
export const oneOf = <const T extends Json>(...values: readonly T[]): OneOf<T> => ({
  oneOf: values,
});

/** Tests by field, or by property of an event. */
export type Tests = { readonly [field: string]: TestPlan };

export function planTests(where: { readonly [field: string]: unknown }): Tests {
  const tests: Record<string, TestPlan> = {};
  for (const [field, test] of Object.entries(where)) {
    if (test === undefined) continue;
    const isTest = typeof test === 'object' && test !== null;
    // Where<T> admits OneOf and Bounds, both plain JSON, and scalars.
    tests[field] = isTest ? (test as TestPlan) : { oneOf: [test as Json] };
  }
  return tests;
}

/** An absent field passes no test. */
export function passes(values: JsonObject, tests: Tests): boolean {
  for (const field in tests) {
    const value = values[field];
    const test = tests[field];
    if (value === undefined || value === null || test === undefined) return false;
    if ('oneOf' in test) {
      if (!test.oneOf.includes(value)) return false;
    } else {
      if (typeof value !== 'number') return false;
      if (test.atLeast !== undefined && value < test.atLeast) return false;
      if (test.atMost !== undefined && value > test.atMost) return false;
    }
  }
  return true;
}

/** Tests that no value passes, or every one. */
export const checkTests = (tests: Tests): readonly LocalProblem[] =>
  Object.entries(tests).flatMap(([field, test]) => {
    const bounds =
      'oneOf' in test ? [] : [test.atLeast ?? test.atMost, test.atMost ?? test.atLeast];
    const fine = 'oneOf' in test ? test.oneOf.length > 0 : bounds.every(Number.isFinite);
    const expected = `${field} to be one of some values or within bounds`;
    return fine ? [] : [invalid(expected, test, 'Name a value, oneOf(…), atLeast or atMost.')];
  });

/** Values that pass. */
export const exampleValues = (tests: Tests): JsonObject =>
  Object.fromEntries(
    Object.entries(tests).map(([field, test]): [string, Json] => [
      field,
      'oneOf' in test ? (test.oneOf[0] ?? null) : (test.atLeast ?? test.atMost ?? 0),
    ]),
  );

/** By field, whatever the order in which they were written: step ids are made of it. */
export function labelTests(tests: Tests): string {
  return Object.entries(tests)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, test]) => `${field}${labelTest(test)}`)
    .join(',');
}

function labelTest(test: TestPlan): string {
  if ('oneOf' in test) return `=${test.oneOf.map((value) => printValue(value)).join('|')}`;
  return [
    test.atLeast === undefined ? '' : `>=${test.atLeast}`,
    test.atMost === undefined ? '' : `<=${test.atMost}`,
  ].join('');
}

const printValue = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
