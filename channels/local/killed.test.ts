import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../store/open-store.ts';
import { localDeliveries } from '../../store/tables/index.ts';
import { runInChild } from '../../test/child-process.ts';
import { BATCH_SIZE, batchOf } from '../../test/numbered-emails.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { addressRefusal, type OutgoingEmail } from '../email/outgoing-email.ts';
import { openJournal } from './journal.ts';
import { localSender } from './local-sender.ts';

test('a process killed at any moment loses nothing that it said it kept, and repeats add nothing', async () => {
  const directory = temporaryFolder();
  const { child, nextLine, ended } = runInChild('fill-inbox.ts', [directory]);
  let kept = 0;
  for (; kept < 5; kept += 1) await nextLine();
  child.kill('SIGKILL');
  await ended();

  const store = await openStore({ directory: join(directory, 'store') });
  const count = async () =>
    (await store.transaction((tx) => tx.count(localDeliveries, ['channel'], {})))[0]?.count ?? 0;
  expect(await count()).toBeGreaterThanOrEqual(kept * BATCH_SIZE);
  const inbox = localSender(openJournal<OutgoingEmail>(store, 'email'), addressRefusal);
  const BATCHES = 20;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const outcomes = await inbox.send(`batch-${batch}`, batchOf(batch));
    expect(outcomes.every(({ status }) => status === 'sent')).toBe(true);
  }
  expect((await count()) % BATCH_SIZE).toBe(0);
  expect(await count()).toBeGreaterThanOrEqual(BATCHES * BATCH_SIZE);
  await store.close();
});
