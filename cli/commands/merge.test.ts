import { expect, test } from 'vitest';
import { enrolments, people } from '../../store/tables/index.ts';
import { callCli } from '../../test/call-cli.ts';
import { serveSmallIngest } from '../../test/serve-small-ingest.ts';

test('two known leads become one, once; a dry run says what would become of their journeys', async () => {
  const { world, url } = await serveSmallIngest();
  const call = (...args: string[]) => callCli(...args, '--url', url);
  for (const user of ['ana', 'ann']) await call('track', 'Trial Started', '--user', user);
  const everybody = () => world.store.transaction((tx) => tx.find(people, {}));
  const dry = await call('merge', 'ann', 'ana', '--dry-run');
  expect(dry.stdout).toMatch(
    /^ann and ana would be one lead\. 1 journey had both\.\n {2}welcome: \S+ goes on, \S+ ends as merged$/,
  );
  expect(await everybody()).toHaveLength(2);
  const { stdout } = await call('merge', 'ann', 'ana', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    previousId: 'ann',
    userId: 'ana',
    dryRun: false,
    merged: true,
    journeys: [{ journey: 'welcome' }],
  });
  expect(await everybody()).toHaveLength(1);
  const runs = await world.store.transaction((tx) => tx.find(enrolments, {}));
  expect(runs.map(({ status }) => status).toSorted()).toEqual(['live', 'merged']);
  expect((await call('merge', 'ann', 'ana')).stdout).toBe('ann and ana are one lead already.');
});

test('whoever is unknown, and one id twice, are refused with what to do', async () => {
  const { url } = await serveSmallIngest();
  const call = (...args: string[]) => callCli(...args, '--url', url);
  await call('track', 'Trial Started', '--user', 'ana');
  const unknown = await call('merge', 'nobody', 'ana');
  expect(unknown.exitCode).toBe(1);
  expect(unknown.stderr).toContain('received nobody, which it does not');
  expect(unknown.stderr).toContain('[unknown-user]');
  const same = await call('merge', 'ana', 'ana');
  expect(same.exitCode).toBe(1);
  expect(same.stderr).toContain('previousId: expected another id than userId');
});
