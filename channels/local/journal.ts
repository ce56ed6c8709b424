/**
 * What was delivered on this machine: a line of a file for each, and a page of the newest. A message
 * counts once its line is there; whatever a killed process left half done is done again.
 */
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines, writeFileAtomically } from './files.ts';
import { unhurried } from './turns.ts';

export interface Delivered {
  /** The message's. */
  readonly key: string;
  readonly at: number;
}

export interface Journal<E extends Delivered> {
  /** Where to look: the page. */
  readonly page: string;
  has(key: string): boolean;
  add(entries: readonly E[]): Promise<void>;
  /** Brings the page up to date. */
  close(): Promise<void>;
}

export interface JournalOptions<E extends Delivered> {
  /** Made if need be. One process at a time. */
  readonly directory: string;
  /** Of the file of lines. */
  readonly name: string;
  /** The page: the newest first, and how many there are in all. */
  readonly draw: (newest: readonly E[], total: number) => string;
}

const LISTED = 500;

export async function openJournal<E extends Delivered>({
  directory,
  name,
  draw,
}: JournalOptions<E>): Promise<Journal<E>> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${name}.ndjson`);
  const page = join(directory, 'index.html');
  // Written by this file and nobody else.
  const entries = (await readLines(file)) as E[];
  const keys = new Set(entries.map(({ key }) => key));
  const newest = entries.slice(-LISTED);
  const drawing = unhurried(() =>
    writeFileAtomically(
      page,
      draw(
        newest.toSorted((a, b) => b.at - a.at),
        keys.size,
      ),
    ),
  );
  drawing.ask();
  return {
    page,
    has: (key) => keys.has(key),
    add: async (added) => {
      if (added.length === 0) return;
      await appendFile(file, added.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      for (const { key } of added) keys.add(key);
      newest.push(...added);
      newest.splice(0, Math.max(newest.length - LISTED, 0));
      drawing.ask();
    },
    close: () => drawing.finish(),
  };
}
