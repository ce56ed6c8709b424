import { appendFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { senderContract } from '../../../activities/lanes/sender.contract.ts';
import { anEmail, exampleEmails } from '../../../test/numbered-emails.ts';
import { memorySenderContract } from '../../local/memory-sender.contract.ts';
import { addressRefusal, type OutgoingEmail } from '../outgoing-email.ts';
import { openInbox } from './inbox.ts';

const newDirectory = () => mkdtemp(join(tmpdir(), 'cultivo-inbox-'));

memorySenderContract('the inbox in memory', exampleEmails, addressRefusal);

senderContract('the local inbox', exampleEmails, async () => {
  const directory = await newDirectory();
  return {
    sender: await openInbox({ directory }),
    delivered: () => deliveredIn(directory),
    // A killed process closes nothing.
    restart: () => openInbox({ directory }),
    close: () => rm(directory, { recursive: true }),
  };
});

/** As the reader finds them: each line of the list with the page that it leads to. */
async function deliveredIn(directory: string): Promise<OutgoingEmail[]> {
  const journal = await readFile(join(directory, 'inbox.ndjson'), 'utf8').catch(() => '');
  const entries = journal
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return Promise.all(
    entries.map(async (entry) => {
      const page = await readFile(join(directory, entry.file), 'utf8');
      const unescaped = (text: string | undefined) =>
        (text ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      const headers = [...page.matchAll(/<dt>(List-[\w-]+)<\/dt>\s*<dd>(.*?)<\/dd>/g)];
      return {
        ...entry,
        html: unescaped(/srcdoc="([^"]*)&lt;base target=&quot;_blank&quot;&gt;"/.exec(page)?.[1]),
        text: unescaped(/<pre>([\s\S]*)<\/pre>/.exec(page)?.[1]),
        headers: Object.fromEntries(headers.map(([, name, value]) => [name, unescaped(value)])),
      };
    }),
  );
}

describe('the local inbox', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await newDirectory();
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('lists who, what, which step and when; the newest first', async () => {
    const inbox = await openInbox({ directory });
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
    const inbox = await openInbox({ directory });
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

  test('a line that a killed process left unfinished is written again', async () => {
    const before = await openInbox({ directory });
    await before.send('b-1', [anEmail(1)]);
    await appendFile(join(directory, 'inbox.ndjson'), '{"key":"welcome/p-2/run-2/ema');
    const after = await openInbox({ directory });
    await after.send('b-2', [anEmail(2)]);
    expect((await deliveredIn(directory)).map(({ to }) => to)).toEqual([
      'lead-1@a.example',
      'lead-2@a.example',
    ]);
  });

  test('batches that overlap deliver each message once', async () => {
    const inbox = await openInbox({ directory });
    await Promise.all([inbox.send('a', [anEmail(1)]), inbox.send('b', [anEmail(1), anEmail(2)])]);
    expect(await deliveredIn(directory)).toHaveLength(2);
  });
});
