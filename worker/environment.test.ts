import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, expectTypeOf, test } from 'vitest';
import { readEnvironment } from './environment.ts';

test('an empty environment gives the defaults of a development machine', () => {
  const environment = readEnvironment({});
  expect(environment).toMatchObject({
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_TLS: false,
    LOG_LEVEL: 'info',
    CI: false,
    CULTIVO_KEEP_DAYS: 30,
    CULTIVO_CACHE: join(homedir(), '.cache', 'cultivo'),
  });
  expect(environment.TEMPORAL_ADDRESS).toBeUndefined();
});

test('an empty variable counts as unset', () => {
  expect(readEnvironment({ TEMPORAL_ADDRESS: '', CI: '' })).toEqual(readEnvironment({}));
});

test('numbers and flags come typed', () => {
  const environment = readEnvironment({ PORT: '8080', CI: 'true', TEMPORAL_TLS: 'no' });
  expect(environment).toMatchObject({ PORT: 8080, CI: true, TEMPORAL_TLS: false });
  expectTypeOf(environment.PORT).toEqualTypeOf<number | undefined>();
  expectTypeOf(environment.CI).toEqualTypeOf<boolean>();
});

test('TLS is on where there is an API key, unless it is turned off', () => {
  expect(readEnvironment({ TEMPORAL_API_KEY: 'k' }).TEMPORAL_TLS).toBe(true);
  expect(readEnvironment({ TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' }).TEMPORAL_TLS).toBe(
    false,
  );
});

test('the cache is where CULTIVO_CACHE says, else where XDG says', () => {
  expect(readEnvironment({ CULTIVO_CACHE: '/a', XDG_CACHE_HOME: '/b' }).CULTIVO_CACHE).toBe('/a');
  expect(readEnvironment({ XDG_CACHE_HOME: '/b' }).CULTIVO_CACHE).toBe(join('/b', 'cultivo'));
});

test('an error names every variable that is wrong and shows no secret', () => {
  expect(() =>
    readEnvironment({
      TEMPORAL_ADDRESS: 'http://cluster',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://root:secret@db',
      CULTIVO_KEEP_DAYS: '1',
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [Error: The environment cannot be used:
      TEMPORAL_ADDRESS: expected host:port, for example 127.0.0.1:7233, received "http://cluster".
      DATABASE_URL: expected postgres://…, received a value that is not shown.
      CULTIVO_KEEP_DAYS: expected a whole number of days, from 2 on, received "1".
      PORT: expected a port, 0 to 65535, received "70000".
      LOG_LEVEL: expected trace, debug, info, warn, error, fatal or silent, received "loud".
    Correct or unset what is listed. [invalid-environment]]
  `);
});
