/** What lanes have set aside is counted, said once, and tried again when somebody asks for it. */
import { expect, onTestFinished, test } from 'vitest';
import { waitingRow } from '../activities/lanes/lane.ts';
import { laneRows } from '../store/tables/index.ts';
import { callCli } from '../test/call-cli.ts';
import { serveSmallIngest } from '../test/serve-small-ingest.ts';
import { createIngest } from './create-ingest.ts';
import { serveIngest } from './serve.ts';
import { watchLanes } from '../worker/watch-lanes.ts';

const AT = Date.UTC(2026, 2, 2, 10);

async function start() {
  const { world, url } = await serveSmallIngest();
  const row = (key: string, batch: string | null) => ({
    ...waitingRow({ lane: 'email', key, cohort: 'c', person: 'p', at: AT, payload: {} }),
    status: 'aside' as const,
    code: 'internal_server_error',
    detail: 'It failed.',
    attempts: 10,
    batch,
    since: AT,
  });
  await world.store.transaction((tx) =>
    tx.add(laneRows, [row('a', 'batch-1'), row('b', 'batch-1'), row('c', null)]),
  );
  const statuses = async () =>
    (await world.store.transaction((tx) => tx.find(laneRows, { lane: 'email' }))).map(
      ({ key, status, batch }) => [key, status, batch],
    );
  return { world, statuses, call: (...args: string[]) => callCli(...args, '--url', url) };
}

test('status shows what is set aside and why, and a retry brings it back as it was', async () => {
  const { statuses, call } = await start();
  expect((await call('status')).stdout).toContain(
    'lane email:\n  set aside: 3 × internal_server_error, since 2026-03-02 10:00 UTC\n' +
      '  `cultivo retry --lane email` tries them again.',
  );
  expect((await call('retry', '--lane', 'email', '--dry-run')).stdout).toBe(
    '3 rows of lane email would be tried again.',
  );
  expect((await call('retry', '--lane', 'email')).stdout).toBe(
    '3 rows of lane email are tried again.',
  );
  expect(await statuses()).toEqual([
    ['a', 'claimed', 'batch-1'],
    ['b', 'claimed', 'batch-1'],
    ['c', 'waiting', null],
  ]);
  expect((await call('status')).stdout).not.toContain('set aside');
  expect((await call('retry', '--lane', 'email')).stdout).toBe(
    'Nothing of lane email is set aside.',
  );
});

test('a lane or journey that is not there is named', async () => {
  const { call } = await start();
  expect(await call('retry', '--lane', 'fax')).toMatchObject({ exitCode: 1 });
  const { exitCode, stderr } = await call('retry');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('[nothing-to-retry]');
});

test('the log says once what was set aside', async () => {
  const { world } = await start();
  const said: string[] = [];
  const watch = watchLanes(world, (what) => said.push(what));
  await watch.look();
  await watch.look();
  watch.stop();
  expect(said).toEqual([expect.stringContaining('Lane email has set 3 rows aside')]);
});

test('status says that Temporal does not answer', async () => {
  const { world } = await start();
  const reachTemporal = () => Promise.reject(new Error('no answer'));
  const server = await serveIngest(createIngest(world, { health: { reachTemporal } }), { port: 0 });
  onTestFinished(() => server.stop());
  const { stdout } = await callCli('status', '--url', server.url);
  expect(stdout).toContain('Temporal does not answer');
  expect((await callCli('status', '--url', server.url, '--json')).stdout).toContain(
    '"temporal":"unreachable"',
  );
});

test('what a lane tries in vain again and again is said once, and that it is over', async () => {
  const { world } = await start();
  const change = (attempts: number, status: 'later' | 'done') =>
    world.store.transaction((tx) =>
      tx.change(laneRows, [
        { lane: 'email', key: 'a', status, attempts },
        { lane: 'email', key: 'b', status: 'done', attempts },
        { lane: 'email', key: 'c', status: 'done', attempts },
      ]),
    );
  const said: string[] = [];
  const watch = watchLanes(world, (what) => said.push(what));
  await change(1, 'later');
  await watch.look();
  expect(said).toEqual([]);
  await change(3, 'later');
  await watch.look();
  await watch.look();
  expect(said).toEqual([
    'Lane email has tried 1 row 3 times or more in vain (internal_server_error), and goes on trying.',
  ]);
  await change(3, 'done');
  await watch.look();
  watch.stop();
  expect(said[1]).toContain('nothing left');
});
