import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runInChild } from '../../test/child-process.ts';
import { BATCH_SIZE, batchOf } from '../../test/numbered-emails.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { openInbox } from '../email/local/inbox.ts';

test('a process killed at any moment loses nothing that it said it kept, and repeats add nothing', async () => {
  const directory = temporaryFolder();
  const { child, nextLine, ended } = runInChild('fill-inbox.ts', [directory]);
  for (let i = 0; i < 5; i += 1) await nextLine();
  child.kill('SIGKILL');
  await ended();

  const inbox = await openInbox({ directory: join(directory, 'inbox') });
  const BATCHES = 50;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const outcomes = await inbox.send(`batch-${batch}`, batchOf(batch));
    expect(outcomes.every(({ status }) => status === 'sent')).toBe(true);
  }
  await inbox.close();
  const journal = await readFile(join(directory, 'inbox', 'inbox.ndjson'), 'utf8');
  const keys = journal
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length).toBeGreaterThanOrEqual(BATCHES * BATCH_SIZE);
});
