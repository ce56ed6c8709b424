/**
 * A local inbox to look at: one page per message, a list of the newest, and `inbox.ndjson` with a line
 * for each. A message counts once its line is there: whatever a killed process left half done is done
 * again, over the same files.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SendOutcome } from '../../../activities/lanes/sender.ts';
import { readLines, writeFileAtomically } from '../../local/files.ts';
import { inTurn, unhurried } from '../../local/turns.ts';
import type { EmailSender, OutgoingEmail } from '../outgoing-email.ts';
import { inboxPage, messagePage, type InboxEntry } from './inbox-pages.ts';
import { addressRefusal } from './memory-inbox.ts';

export interface Inbox extends EmailSender {
  /** Where to look: the list of messages. */
  readonly page: string;
  /** Brings the list up to date. */
  close(): Promise<void>;
}

const LISTED = 500;

/** How many messages are written at once. */
const WRITERS = 32;

/** Opens the inbox in a directory, which is made if need be. One process at a time. */
export async function openInbox({ directory }: { readonly directory: string }): Promise<Inbox> {
  await mkdir(join(directory, 'messages'), { recursive: true });
  const journal = join(directory, 'inbox.ndjson');
  // Written by this file and nobody else.
  const entries = (await readLines(journal)) as InboxEntry[];
  const ids = new Map(entries.map(({ key, id }) => [key, id]));
  const newest = entries.slice(-LISTED);
  const list = join(directory, 'index.html');
  const listing = unhurried(() =>
    writeFileAtomically(
      list,
      inboxPage(
        newest.toSorted((a, b) => b.at - a.at),
        ids.size,
      ),
    ),
  );
  listing.ask();
  const turn = inTurn();

  async function deliver(emails: readonly OutgoingEmail[]): Promise<readonly SendOutcome[]> {
    const fresh = new Map(
      emails
        .filter(({ key, to }) => !ids.has(key) && addressRefusal(to) === undefined)
        .map((email) => [email.key, email]),
    );
    const waiting = [...fresh.values()];
    for (let i = 0; i < waiting.length; i += WRITERS) {
      await Promise.all(
        waiting
          .slice(i, i + WRITERS)
          .map((email) =>
            writeFileAtomically(join(directory, entryOf(email).file), messagePage(email)),
          ),
      );
    }
    await record(waiting.map(entryOf));
    return emails.map(
      ({ key, to }) =>
        addressRefusal(to) ?? { status: 'sent', providerId: ids.get(key) ?? idOf(key) },
    );
  }

  async function record(added: readonly InboxEntry[]): Promise<void> {
    if (added.length === 0) return;
    await appendFile(journal, added.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    for (const { key, id } of added) ids.set(key, id);
    newest.push(...added);
    newest.splice(0, Math.max(newest.length - LISTED, 0));
    listing.ask();
  }

  return {
    vendor: 'local',
    maxBatch: 500,
    callsPerSecond: Infinity,
    idempotencyWindowMs: Infinity,
    page: list,
    send: (_, emails) => turn(() => deliver(emails)),
    close: () => turn(() => listing.finish()),
  };
}

const idOf = (key: string): string =>
  `inbox-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;

function entryOf({ key, to, from, subject, at, tags }: OutgoingEmail): InboxEntry {
  const id = idOf(key);
  return { key, id, file: `messages/${id}.html`, to, from, subject, at, tags };
}
