import { expect, test } from 'vitest';
import { laneRows } from '../../store/tables/index.ts';
import { callCli } from '../../test/call-cli.ts';
import { serveSmallIngest } from '../../test/serve-small-ingest.ts';

test('each workflow is to begin anew, or a dry run says how many would', async () => {
  const { world, url } = await serveSmallIngest();
  const call = (...args: string[]) => callCli(...args, '--url', url);
  for (const user of ['ana', 'ben']) await call('track', 'Trial Started', '--user', user);
  const rows = async () =>
    (await world.store.transaction((tx) => tx.find(laneRows, { lane: 'signals' }))).filter(
      ({ key }) => key.startsWith('begin-again/'),
    );
  expect((await call('rebuild', '--dry-run')).stdout).toBe(
    'welcome: 2 workflows would begin anew with 2 people.',
  );
  expect(await rows()).toEqual([]);
  const { stdout } = await call('rebuild', 'welcome', '--json');
  expect(JSON.parse(stdout)).toEqual({
    dryRun: false,
    journeys: [{ journey: 'welcome', cohorts: 2, people: 2 }],
  });
  expect((await rows()).map(({ payload }) => payload)).toEqual([
    { journey: 'welcome', anew: true },
    { journey: 'welcome', anew: true },
  ]);
  expect(await call('rebuild', 'nothing')).toMatchObject({ exitCode: 1 });
});
