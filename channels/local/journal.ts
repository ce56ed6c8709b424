/**
 * What was delivered on this machine, kept in the store, so that every worker has the same. A page of the newest, and
 * whatever else shows them, is drawn in a directory: nothing reads it.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outgoing } from '../../activities/lanes/sender.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { Store } from '../../store/store.ts';
import { type LocalDelivery, localDeliveries } from '../../store/tables/index.ts';
import { writeFileAtomically } from './files.ts';
import { unhurried } from './unhurried.ts';

export interface Journal<M extends Outgoing> {
  /** Where to look: the page. */
  readonly page: string;
  /** Those whose keys it has already change nothing. */
  add(messages: readonly M[]): Promise<void>;
  /** Brings the page up to date. */
  close(): Promise<void>;
}

export interface JournalOptions<M extends Outgoing> {
  readonly store: Pick<Store, 'transaction'>;
  readonly channel: string;
  /** Of the drawings; made if need be. */
  readonly directory: string;
  /** The page: the newest first, and how many there are in all. */
  readonly draw: (newest: readonly M[], total: number) => string;
  /** Draws each by itself. Default: the page alone. */
  readonly show?: (messages: readonly M[]) => Promise<void>;
}

const LISTED = 500;

export async function openJournal<M extends Outgoing>({
  store,
  channel,
  directory,
  draw,
  show = () => Promise.resolve(),
}: JournalOptions<M>): Promise<Journal<M>> {
  await mkdir(directory, { recursive: true });
  const page = join(directory, 'index.html');
  // Instants of stories that are played do not come in their order: what comes later may stand before the newest.
  let newestAfter = `${channel}/`;
  let shown: ReadonlySet<string> = new Set();
  const drawing = unhurried(async () => {
    const rows = await rowsAfter(store, channel, newestAfter);
    await show(rows.filter(({ id }) => !shown.has(id)).map(messageIn<M>));
    newestAfter = rows.at(-LISTED - 1)?.id ?? newestAfter;
    const newest = rows.slice(-LISTED);
    shown = new Set(newest.map(({ id }) => id));
    const total = await countOf(store, channel);
    await writeFileAtomically(page, draw(newest.map(messageIn<M>).reverse(), total));
  });
  drawing.ask();
  return {
    page,
    add: async (messages) => {
      if (messages.length === 0) return;
      await show(messages);
      const rows = messages.map((each) => rowOf(channel, each));
      await store.transaction((tx) => tx.add(localDeliveries, rows));
      drawing.ask();
    },
    close: () => drawing.finish(),
  };
}

/** The same for the same message. */
export const localId = (key: string): string =>
  `local-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;

/** Digits of the last instant that a date can say. */
const DIGITS = 16;

const rowOf = (channel: string, message: Outgoing): LocalDelivery => ({
  id: `${channel}/${String(message.at).padStart(DIGITS, '0')}/${localId(message.key)}`,
  channel,
  // Plain data.
  content: { ...message } as unknown as JsonObject,
});

/** Written by `rowOf`. */
const messageIn = <M>({ content }: LocalDelivery): M => content as unknown as M;

async function rowsAfter(
  store: Pick<Store, 'transaction'>,
  channel: string,
  after: string,
): Promise<readonly LocalDelivery[]> {
  const all: LocalDelivery[] = [];
  for (let from = after; ;) {
    const rows = await store.transaction((tx) =>
      tx.page(localDeliveries, { limit: LISTED, after: from }),
    );
    const own = rows.filter((row) => row.channel === channel);
    all.push(...own);
    const last = rows.at(-1);
    if (last === undefined || own.length < LISTED) return all;
    from = last.id;
  }
}

async function countOf(store: Pick<Store, 'transaction'>, channel: string): Promise<number> {
  const [counted] = await store.transaction((tx) =>
    tx.count(localDeliveries, ['channel'], { channel }),
  );
  return counted?.count ?? 0;
}
