import { expect, test } from 'vitest';
import { ProviderUnavailable } from '../activities/lanes/sender.ts';
import { asDeliveryError } from './as-delivery-error.ts';

/** As the client wraps what gRPC says. */
const said = (code: number, message: string): Error =>
  new Error('Failed to signal Workflow', { cause: Object.assign(new Error(message), { code }) });

test.each([
  ['nobody listens', said(14, 'connect ECONNREFUSED')],
  ['it takes too long', said(4, 'Deadline exceeded')],
  ['there is no such namespace', said(5, 'Namespace default is not found.')],
  ['it is asked too often', said(8, 'namespace rate limit exceeded')],
])('where %s, Temporal is unavailable to everybody', (_, error) => {
  expect(asDeliveryError(error)).toBeInstanceOf(ProviderUnavailable);
});

test.each([
  ['a request that it refuses', said(3, 'exceeded workflow execution limit for signal events')],
  ['a message too large', said(8, 'grpc: received message larger than max')],
  ['a mistake of ours', new TypeError('Cannot read properties of undefined')],
])('%s is about the cohort alone', (_, error) => {
  expect(asDeliveryError(error)).toBe(error);
});
