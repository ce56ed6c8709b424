/** A local inbox to look at: one page per message, and a list of the newest. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../local/files.ts';
import { openJournal } from '../../local/journal.ts';
import { localId, type LocalSender, localSender } from '../../local/local-sender.ts';
import { addressRefusal, type OutgoingEmail } from '../outgoing-email.ts';
import { type InboxEntry, inboxPage, messagePage } from './inbox-pages.ts';

/** How many messages are written at once. */
const WRITERS = 32;

/** Opens the inbox in a directory, which is made if need be. One process at a time. */
export async function openInbox({
  directory,
}: {
  readonly directory: string;
}): Promise<LocalSender<OutgoingEmail>> {
  await mkdir(join(directory, 'messages'), { recursive: true });
  return localSender<OutgoingEmail, InboxEntry>({
    journal: await openJournal({ directory, name: 'inbox', draw: inboxPage }),
    refuse: addressRefusal,
    keep: async (emails) => {
      for (let i = 0; i < emails.length; i += WRITERS) {
        const writing = emails
          .slice(i, i + WRITERS)
          .map((email) =>
            writeFileAtomically(join(directory, entryOf(email).file), messagePage(email)),
          );
        await Promise.all(writing);
      }
      return emails.map(entryOf);
    },
  });
}

function entryOf({ key, to, from, subject, at, tags }: OutgoingEmail): InboxEntry {
  const id = localId(key);
  return { key, id, file: `messages/${id}.html`, to, from, subject, at, tags };
}
