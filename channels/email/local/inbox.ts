/** A local inbox to look at: one page per message, and a list of the newest. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { atMost } from '../../../activities/lanes/pacer.ts';
import { writeFileAtomically } from '../../local/files.ts';
import { type JournalOptions, openJournal } from '../../local/journal.ts';
import { type LocalSender, localSender } from '../../local/local-sender.ts';
import { addressRefusal, type OutgoingEmail } from '../outgoing-email.ts';
import { fileOf, inboxPage, messagePage } from './inbox-pages.ts';

/** How many messages are written at once. */
const WRITERS = 32;

/** Opens the inbox; its pages are drawn in a directory, which is made if need be. */
export async function openInbox({
  directory,
  store,
}: Pick<JournalOptions<OutgoingEmail>, 'directory' | 'store'>): Promise<
  LocalSender<OutgoingEmail>
> {
  await mkdir(join(directory, 'messages'), { recursive: true });
  const show = async (emails: readonly OutgoingEmail[]): Promise<void> => {
    await atMost(WRITERS, emails, (email) =>
      writeFileAtomically(join(directory, fileOf(email)), messagePage(email)),
    );
  };
  const journal = await openJournal({ store, channel: 'email', directory, draw: inboxPage, show });
  return localSender(journal, addressRefusal);
}
