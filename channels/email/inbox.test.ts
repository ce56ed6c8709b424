import { expect, test } from 'vitest';
import { senderContract } from '../../activities/lanes/sender.contract.ts';
import { anEmail, exampleEmails } from '../../test/numbered-emails.ts';
import { openJournal } from '../local/journal.ts';
import { localSender } from '../local/local-sender.ts';
import { memorySenderContract } from '../local/memory-sender.contract.ts';
import { addressRefusal, type OutgoingEmail } from './outgoing-email.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import type { Store } from '../../store/store.ts';
import { localDeliveries } from '../../store/tables/index.ts';

const inboxIn = (store: Store) =>
  localSender(openJournal<OutgoingEmail>(store, 'email'), addressRefusal);

const deliveredIn = async (store: Store): Promise<OutgoingEmail[]> =>
  (await store.transaction((tx) => tx.page(localDeliveries, { limit: 2_000 }))).map(
    // Written by the inbox.
    ({ content }) => content as unknown as OutgoingEmail,
  );

memorySenderContract('the inbox in memory', exampleEmails, addressRefusal);

senderContract('the local inbox', exampleEmails, async () => {
  const store = memoryStore();
  return {
    sender: inboxIn(store),
    delivered: () => deliveredIn(store),
    // By another worker. A killed process closes nothing.
    restart: async () => inboxIn(store),
    close: async () => {},
  };
});

test('two workers and batches that overlap deliver each message once, in the order of instants', async () => {
  const store = memoryStore();
  const [one, two] = [inboxIn(store), inboxIn(store)];
  await Promise.all([
    one.send('b-1', [anEmail(1), anEmail(2)]),
    two.send('b-1', [anEmail(1), anEmail(2)]),
    two.send('b-2', [anEmail(0, { at: 0 }), anEmail(1)]),
  ]);
  expect(await deliveredIn(store)).toEqual([anEmail(0, { at: 0 }), anEmail(1), anEmail(2)]);
});
