import { expect, test } from 'vitest';
import { isStoreAway } from './is-store-away.ts';
import { ConstraintError } from './store.ts';

const failing = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

test.each([
  ['a refused connection', failing('connect ECONNREFUSED', 'ECONNREFUSED')],
  ['a server that shuts down', failing('terminating connection', '57P01')],
  ['a connection that broke', failing('Connection terminated unexpectedly')],
  ['a pool that gives none', failing('timeout exceeded when trying to connect')],
])('%s is a store that is away', (_, error) => {
  expect(isStoreAway(error)).toBe(true);
});

test.each([
  ['a row that a constraint forbids', new ConstraintError('enrolments.underWay')],
  ['a value out of range', failing('out of range', '22003')],
  ['a mistake of ours', new TypeError('Cannot read properties of undefined')],
  ['a zone that there is not', failing('Zone "X" [unknown-zone]', 'unknown-zone')],
])('%s is not', (_, error) => {
  expect(isStoreAway(error)).toBe(false);
});
