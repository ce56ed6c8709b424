import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { senderContract } from '../../../activities/lanes/sender.contract.ts';
import { anEmail, exampleEmails } from '../../../test/numbered-emails.ts';
import { memorySenderContract } from '../../local/memory-sender.contract.ts';
import { addressRefusal, type OutgoingEmail } from '../outgoing-email.ts';
import { memoryStore } from '../../../store/memory/memory-store.ts';
import type { Store } from '../../../store/store.ts';
import { localDeliveries } from '../../../store/tables/index.ts';
import { fileOf } from './inbox-pages.ts';
import { openInbox } from './inbox.ts';

const newDirectory = () => mkdtemp(join(tmpdir(), 'cultivo-inbox-'));

memorySenderContract('the inbox in memory', exampleEmails, addressRefusal);

senderContract('the local inbox', exampleEmails, async () => {
  const directory = await newDirectory();
  const store = memoryStore();
  return {
    sender: await openInbox({ directory, store }),
    delivered: () => deliveredIn(store, directory),
    // By another worker. A killed process closes nothing.
    restart: () => openInbox({ directory, store }),
    close: () => rm(directory, { recursive: true }),
  };
});

const emailsIn = async (store: Store): Promise<OutgoingEmail[]> =>
  (await store.transaction((tx) => tx.page(localDeliveries, { limit: 2_000 }))).map(
    // Written by the inbox.
    ({ content }) => content as unknown as OutgoingEmail,
  );

/** As the reader finds them: each with its page. */
const deliveredIn = async (store: Store, directory: string): Promise<OutgoingEmail[]> =>
  Promise.all(
    (await emailsIn(store)).map(async (email) => {
      const page = await readFile(join(directory, fileOf(email)), 'utf8');
      const unescaped = (text: string | undefined) =>
        (text ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      const headers = [...page.matchAll(/<dt>(List-[\w-]+)<\/dt>\s*<dd>(.*?)<\/dd>/g)];
      return {
        ...email,
        html: unescaped(/srcdoc="([^"]*)&lt;base target=&quot;_blank&quot;&gt;"/.exec(page)?.[1]),
        text: unescaped(/<pre>([\s\S]*)<\/pre>/.exec(page)?.[1]),
        headers: Object.fromEntries(
          headers.map(([, name = '', value]) => [name, unescaped(value)]),
        ),
      };
    }),
  );

describe('the local inbox', () => {
  let directory: string;
  let store: Store;
  beforeEach(async () => {
    directory = await newDirectory();
    store = memoryStore();
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('lists who, what, which step and when; the newest first', async () => {
    const inbox = await openInbox({ directory, store });
    await inbox.send('b', [anEmail(1), anEmail(2, { subject: 'Hola <b>2</b>' })]);
    await inbox.close();
    const list = await readFile(inbox.page, 'utf8');
    expect(list).toContain('2 messages');
    expect(list).toContain('email_intro');
    expect(list).toContain('<time datetime="2026-03-02T10:01:00.000Z">');
    expect(list).toContain('Hola &lt;b&gt;2&lt;/b&gt;');
    expect(list.indexOf('lead-2@')).toBeLessThan(list.indexOf('lead-1@'));
  });

  test('lists the newest 500 of thousands and keeps them all', async () => {
    const inbox = await openInbox({ directory, store });
    for (let i = 0; i < 3; i += 1) {
      await inbox.send(
        `b-${i}`,
        Array.from({ length: 500 }, (_, j) => anEmail(i * 500 + j)),
      );
    }
    await inbox.close();
    const list = await readFile(inbox.page, 'utf8');
    expect(list.match(/data-row>/g)).toHaveLength(500);
    expect(list).toContain('1500 messages');
    expect(list).not.toContain('lead-999@');
    expect(await readdir(join(directory, 'messages'))).toHaveLength(1500);
  });

  test('two workers with disks of their own show the same, each message once', async () => {
    const other = await newDirectory();
    const [one, two] = [
      await openInbox({ directory, store }),
      await openInbox({ directory: other, store }),
    ];
    await Promise.all([
      one.send('b-1', [anEmail(1), anEmail(2)]),
      two.send('b-1', [anEmail(1), anEmail(2)]),
      two.send('b-2', [anEmail(0, { at: 0 })]),
    ]);
    await one.close();
    await two.close();
    const [list, same] = [await readFile(one.page, 'utf8'), await readFile(two.page, 'utf8')];
    expect(list).toContain('3 messages');
    expect(same).toBe(list);
    expect(await deliveredIn(store, directory)).toEqual(await deliveredIn(store, other));
    await rm(other, { recursive: true });
  });

  test('batches that overlap deliver each message once', async () => {
    const inbox = await openInbox({ directory, store });
    await Promise.all([inbox.send('a', [anEmail(1)]), inbox.send('b', [anEmail(1), anEmail(2)])]);
    expect(await deliveredIn(store, directory)).toHaveLength(2);
  });
});
