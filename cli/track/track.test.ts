import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callCli } from '../../test/call-cli.ts';
import { serveSmallIngest } from '../../test/serve-small-ingest.ts';
import { events, identities } from '../../store/tables/index.ts';

async function start() {
  const { world, url, folder } = await serveSmallIngest();
  const file = join(folder, 'behaviour.ndjson');
  return {
    track: (...more: string[]) => callCli('track', '--url', url, ...more),
    status: (...more: string[]) => callCli('status', '--url', url, ...more),
    file: (...lines: (object | string)[]) => {
      const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
      writeFileSync(file, texts.join('\n'));
      return file;
    },
    events: (userId: string) =>
      world.store.transaction(async (tx) => {
        const [found] = await tx.find(identities, { kind: 'user', value: userId });
        return found === undefined ? [] : tx.find(events, { person: found.person });
      }),
  };
}

test('one event, now or then, may bring somebody into a journey', async () => {
  const { track, events, status } = await start();
  const { exitCode, stdout } = await track(
    'Trial Started',
    '--user',
    'ana',
    '--properties',
    '{"plan":"pro"}',
    '--at',
    '2026-03-01T10:00:00Z',
  );
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: '1 event recorded.\n1 person entered a journey by it.',
  });
  expect(await events('ana')).toMatchObject([
    { name: 'trial started', properties: { plan: 'pro' }, at: Date.UTC(2026, 2, 1, 10) },
  ]);
  expect((await status()).stdout).toBe('welcome: 1 under way\n  1  email:first  email first');
  expect(JSON.parse((await status('welcome', '--json')).stdout)).toMatchObject({
    journeys: [{ journey: 'welcome', live: 1, steps: [{ step: 'email:first', count: 1 }] }],
  });
});

test('a file is sent in batches; bad lines are named, the others go on; again changes nothing', async () => {
  const { track, file, events } = await start();
  const at = (i: number) => new Date(Date.UTC(2026, 1, 1) + i * 1_000).toISOString();
  const views = Array.from({ length: 700 }, (_, i) => ({
    userId: 'ana',
    event: 'Page Viewed',
    timestamp: at(i),
  }));
  const path = file(
    { type: 'identify', userId: 'ana', traits: { name: 'Ana' }, timestamp: at(0) },
    '{ no json',
    ...views,
    { userId: 'ana', event: 'Page Viewed' },
  );
  const first = await track('--file', path);
  expect(first.exitCode).toBe(1);
  expect(first.stdout).toMatchInlineSnapshot(`
    "700 events recorded.
    1 person identified.
    2 problems, those lines were left out:
      line 2, the whole: expected a JSON object, received other text
      line 703, timestamp: expected a date like 2026-03-02T10:00:00Z, or milliseconds, received nothing
    Correct these and send the file again: what was recorded stays as it is."
  `);
  const again = JSON.parse((await track('--file', path, '--json')).stdout) as unknown;
  expect(again).toMatchObject({ sent: 701, recorded: 0, duplicates: 701 });
  expect(await events('ana')).toHaveLength(701);
  expect((await track('--file', `${path}.gone`)).stderr).toContain('[file-missing]');
});
