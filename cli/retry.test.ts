import { expect, test } from 'vitest';
import { enrolments, laneRows } from '../store/tables/index.ts';
import { callCli } from '../test/call-cli.ts';
import { serveSmallIngest } from '../test/serve-small-ingest.ts';

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

test('everybody who is parked is told to go on, or some of them', async () => {
  const { call, retried, ana, ben } = await start();
  expect((await call('retry', 'welcome')).stdout).toBe(
    '2 people of welcome told to go on. `cultivo status welcome` says who is parked still.',
  );
  expect(await retried()).toEqual([
    { type: 'retry', run: ana?.id },
    { type: 'retry', run: ben?.id },
  ]);
  const one = await call('retry', 'welcome', '--run', ben?.id ?? '', '--json');
  expect(JSON.parse(one.stdout)).toEqual({ journey: 'welcome', retried: 1, runs: [ben?.id] });
  expect(await retried()).toHaveLength(3);
  expect((await call('retry', 'welcome', '--run', 'nobody')).stdout).toBe(
    'Nobody of welcome is parked in these runs.',
  );
});

test('a dry run says who is parked and why, without personal data, and tells nobody', async () => {
  const { call, retried } = await start();
  expect((await call('retry', 'welcome', '--dry-run')).stdout).toBe(
    '2 people of welcome parked:\n  2 × Error: no such zone for …',
  );
  expect(await retried()).toEqual([]);
  const status = await call('status', 'welcome');
  expect(status.stdout).toContain('1 under way, 2 parked by an error');
  expect(status.stdout).toContain('parked: 2 × Error: no such zone for …');
});

test('a journey that is not there', async () => {
  const { call } = await start();
  const { exitCode, stderr } = await call('retry', 'x');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('[unknown-journey]');
});
