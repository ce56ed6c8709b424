import { expect, test } from 'vitest';
import { temporalConnectionOptions } from './connection-options.ts';

const address = 'cluster:7233';

test('the cluster of TEMPORAL_ADDRESS is reached with its key and TLS, a server of our own without', () => {
  const environment = { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: true };
  expect(temporalConnectionOptions(environment, address)).toEqual({
    address,
    tls: true,
    apiKey: 'k',
  });
  expect(temporalConnectionOptions(environment, '127.0.0.1:1')).toEqual({ address: '127.0.0.1:1' });
  expect(
    temporalConnectionOptions({ TEMPORAL_ADDRESS: address, TEMPORAL_TLS: false }, address),
  ).toEqual({ address });
});
