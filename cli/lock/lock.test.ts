import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../store/open-store.ts';
import { callCli } from '../../test/call-cli.ts';
import { smallProject } from '../../test/small-project.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { dataFolder, storeFolder } from '../load-project.ts';
import { enrolments, people } from '../../store/tables/index.ts';

function project() {
  const folder = temporaryFolder();
  const config = smallProject(folder);
  return {
    folder,
    lock: (...more: string[]) => callCli('lock', '--config', config, '--json', ...more),
    files: () => readdirSync(join(folder, 'plans', 'welcome')),
  };
}

test('writes the current plans once; a check fails until then', async () => {
  const { lock, files } = project();
  const before = await lock('--check');
  expect(before.exitCode).toBe(1);
  expect(JSON.parse(before.stdout)).toMatchObject({ dryRun: true, written: [expect.any(String)] });
  expect(files).toThrow('ENOENT');
  expect((await lock('--dry-run')).exitCode).toBe(0);
  expect(files).toThrow('ENOENT');
  expect((await lock()).exitCode).toBe(0);
  expect(files()).toHaveLength(1);
  const after = await lock('--check');
  expect(after.exitCode).toBe(0);
  expect(JSON.parse(after.stdout)).toMatchObject({ written: [] });
});

/** Locks an older plan into the folder of another version. */
async function withOlderPlan() {
  const now = project();
  const older = temporaryFolder();
  const config = smallProject(older, { waitDays: 9 });
  await callCli('lock', '--config', config);
  await now.lock();
  const [file = ''] = readdirSync(join(older, 'plans', 'welcome'));
  const place = join('plans', 'welcome', file);
  copyFileSync(join(older, place), join(now.folder, place));
  return { ...now, hash: file.replace('.json', ''), store: storeFolder(dataFolder(now.folder)) };
}

async function enrolIn(store: string, plan: string): Promise<void> {
  const opened = await openStore({ directory: store });
  const at = Date.UTC(2026, 2, 2);
  await opened.transaction(async (tx) => {
    await tx.add(people, [{ id: 'p', profile: {}, zone: null, createdAt: at }]);
    await tx.add(enrolments, [
      {
        id: 'r',
        journey: 'welcome',
        person: 'p',
        plan,
        cohort: 'welcome/r',
        status: 'live',
        step: null,
        since: at,
        enteredAt: at,
        endedAt: null,
        error: null,
        position: null,
      },
    ]);
  });
  await opened.close();
}

test('old plans are kept unless a store that is asked knows that nobody is in them', async () => {
  const { lock, files, hash, store } = await withOlderPlan();
  expect(JSON.parse((await lock()).stdout)).toMatchObject({
    removed: [],
    older: [`welcome/${hash}`],
    peopleKnown: false,
  });
  await enrolIn(store, hash);
  expect(JSON.parse((await lock('--prune')).stdout)).toMatchObject({
    removed: [],
    older: [`welcome/${hash}`],
    peopleKnown: true,
  });
  const opened = await openStore({ directory: store });
  const locked = await lock('--prune');
  expect(locked.stderr).toContain('in use by another process');
  expect(JSON.parse(locked.stdout)).toMatchObject({ removed: [], peopleKnown: false });
  const at = Date.UTC(2026, 2, 3);
  await opened.transaction((tx) =>
    tx.change(enrolments, [{ id: 'r', status: 'completed', endedAt: at }]),
  );
  await opened.close();
  expect(JSON.parse((await lock('--prune')).stdout)).toMatchObject({
    removed: [`welcome/${hash}`],
  });
  expect(files()).toHaveLength(1);
});

test('says for people what was done and what to do next', async () => {
  const config = smallProject(temporaryFolder());
  const { stdout } = await callCli('lock', '--config', config);
  expect(stdout).toMatch(
    /^1 plan written:\n {2}plans\/welcome\/[\da-f]{16}\.json\nCommit plans\/\.$/,
  );
  expect((await callCli('lock', '--config', config)).stdout).toBe('Every plan is locked.');
});
