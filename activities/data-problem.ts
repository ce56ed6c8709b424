/** What is wrong with data that came in: where, what was expected, what was received. Never the value itself. */
import type * as z from 'zod';

export interface DataProblem {
  /** As in `properties.plan`; empty for the whole. */
  readonly path: string;
  readonly expected: string;
  readonly received: string;
}

/** Every issue that zod found in `value`. */
export const problemsIn = (issues: readonly z.core.$ZodIssue[], value: unknown): DataProblem[] =>
  issues.map((issue) => ({
    path: issue.path.map((key) => shortened(String(key))).join('.'),
    expected: expectedBy(issue),
    received: describeValue(valueAt(value, issue.path)),
  }));

/** Names of fields come from senders too. */
const LONGEST_NAME = 64;
const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;

/** The kind of a value: values may be personal data. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value === '') return 'empty text';
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? issue.format;
    case 'too_small':
      return `at least ${String(issue.minimum)}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_key':
      return issue.issues[0] === undefined ? issue.message : expectedBy(issue.issues[0]);
    case 'invalid_union':
      return expectedByUnion(issue);
    default:
      return issue.message;
  }
}

/** Any of several shapes, or the names by which shapes differ. */
function expectedByUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  const { options } = { options: undefined, ...issue };
  if (Array.isArray(options)) return `one of ${options.map(String).join(', ')}`;
  const shapes = issue.errors.flatMap(([first]) =>
    first === undefined ? [] : [expectedBy(first)],
  );
  return shapes.join(' or ');
}

const KINDS: { readonly [kind: string]: string } = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  date: 'a date',
  int: 'a whole number',
};
const FORMATS: { readonly [format: string]: string } = {
  email: 'an e-mail address',
  url: 'a URL',
  regex: 'text of the right form',
};
const UNITS: { readonly [origin: string]: string } = { string: ' characters', array: ' items' };

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      // An object of JSON may be asked for any key.
      typeof found === 'object' && found !== null
        ? (found as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}
