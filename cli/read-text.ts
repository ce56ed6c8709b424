/** Text files as programs write them: UTF-8, or else Latin-1 as spreadsheets on Windows do. */
import { readFile } from 'node:fs/promises';

export interface TextFile {
  readonly text: string;
  /** No UTF-8: read as Windows-1252, of which Latin-1 is a part. */
  readonly isLatin1: boolean;
}

/** @throws as `readFile`. */
export async function readText(file: string): Promise<TextFile> {
  const bytes = await readFile(file);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isLatin1: false };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), isLatin1: true };
  }
}

export const latin1Note = (file: string): string =>
  `${file} is no UTF-8: it was read as Latin-1 (Windows-1252). Save it as UTF-8 where names look wrong.`;
