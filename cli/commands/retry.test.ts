import { expect, test } from 'vitest';
import { enrolments, laneRows } from '../../store/tables/index.ts';
import { callCli } from '../../test/call-cli.ts';
import { serveSmallIngest } from '../../test/serve-small-ingest.ts';

async function start() {
  const { world, url } = await serveSmallIngest();
  const call = (...args: string[]) => callCli(...args, '--url', url);
  for (const user of ['ana', 'ben', 'eva']) {
    await call('track', 'Trial Started', '--user', user);
  }
  const runs = () => world.store.transaction((tx) => tx.find(enrolments, {}));
  const [ana, ben] = await runs();
  await world.store.transaction((tx) =>
    tx.change(
      enrolments,
      [ana, ben].map((run) => ({
        id: run?.id ?? '',
        status: 'parked' as const,
        error: 'Error: no such zone for ana@example.com',
      })),
    ),
  );
  const retried = async () =>
    (await world.store.transaction((tx) => tx.find(laneRows, { lane: 'signals' })))
      .map(({ payload }) => payload['item'])
      .filter((item) => JSON.stringify(item).includes('retry'));
  return { call, retried, ana, ben };
}

test('everybody who is parked is retried, or some of them', async () => {
  const { call, retried, ana, ben } = await start();
  expect((await call('retry', 'welcome')).stdout).toBe(
    '2 people of welcome retried. `cultivo status welcome` says whether anybody is parked again.',
  );
  expect(await retried()).toEqual([
    { type: 'retry', run: ana?.id },
    { type: 'retry', run: ben?.id },
  ]);
  const one = await call('retry', 'welcome', '--run', ben?.id ?? '', '--json');
  expect(JSON.parse(one.stdout)).toEqual({
    journey: 'welcome',
    dryRun: false,
    retried: 1,
    runs: [ben?.id],
    notParked: [],
  });
  expect(one.exitCode).toBe(0);
  expect(await retried()).toHaveLength(3);
});

test('runs that are not parked are named, the others are retried', async () => {
  const { call, retried, ben } = await start();
  const { exitCode, stdout } = await call(
    'retry',
    'welcome',
    '--run',
    'nobody',
    '--run',
    ben?.id ?? '',
  );
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^1 person of welcome retried\..*\nNot parked in welcome: nobody\.$/);
  expect(await retried()).toEqual([{ type: 'retry', run: ben?.id }]);
  expect(await call('retry', 'welcome', '--run', 'nobody')).toMatchObject({
    exitCode: 1,
    stdout: 'Not parked in welcome: nobody.',
  });
});

test('a dry run says how many are parked and why, without personal data, and retries nobody', async () => {
  const { call, retried } = await start();
  expect((await call('retry', 'welcome', '--dry-run')).stdout).toBe(
    '2 people of welcome parked:\n  2 × Error: no such zone for …',
  );
  expect(JSON.parse((await call('retry', 'welcome', '--dry-run', '--json')).stdout)).toEqual({
    journey: 'welcome',
    dryRun: true,
    parked: 2,
    errors: [{ error: 'Error: no such zone for …', count: 2 }],
  });
  expect(await retried()).toEqual([]);
  const status = await call('status', 'welcome');
  expect(status.stdout).toContain('3 under way, 2 of them parked by an error');
  expect(status.stdout).toContain('parked: 2 × Error: no such zone for …');
});

test('nobody is parked', async () => {
  const { url } = await serveSmallIngest();
  for (const more of [[], ['--dry-run']]) {
    expect(await callCli('retry', 'welcome', '--url', url, ...more)).toMatchObject({
      exitCode: 0,
      stdout: 'Nobody of welcome is parked.',
    });
  }
});

test.each([
  { args: ['x'], says: '[unknown-journey]' },
  { args: ['x', '--dry-run'], says: '[unknown-journey]' },
  { args: ['--lane', 'x'], says: 'expected one of crm, email' },
  { args: ['--lane', 'x', '--dry-run'], says: '[unknown-lane]' },
  { args: ['welcome', '--run', ''], says: 'runs.0: expected' },
  { args: ['welcome', '--run', 'r', '--dry-run'], says: "'--dry-run' cannot be used with" },
])('retry $args ends with 1 and says what to do', async ({ args, says }) => {
  const { call } = await start();
  const { exitCode, stdout, stderr } = await call('retry', ...args);
  expect(stderr).toContain(says);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
});

test('an ingest that is not there is a fault, one that asks for a key says so', async () => {
  const away = await callCli('retry', 'welcome', '--url', 'http://127.0.0.1:9');
  expect(away).toMatchObject({ exitCode: 2, stdout: '' });
  expect(away.stderr).toContain('[ingest-unreachable]');
  const { url } = await serveSmallIngest({ adminKey: 'secret', writeKey: 'other' });
  for (const more of [[], ['--dry-run']]) {
    const refused = await callCli('retry', 'welcome', '--url', url, ...more);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('[wrong-key]');
  }
});
