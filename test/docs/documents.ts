/** The documents of this repository and what stands in their blocks of code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { marked, type Token } from 'marked';

export const ROOT = resolve(import.meta.dirname, '../..');
export const DOCS = join(ROOT, 'docs');

/** From the repository on. */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  ...['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file))
      .sort(),
  ),
];

export interface Block {
  readonly document: string;
  /** `ts`, `sh`, `csv`, `text`; empty where the document names none. */
  readonly language: string;
  /** What stands behind the language: a file's name. */
  readonly name: string;
  readonly text: string;
  readonly line: number;
  /** Why it is not run, as a comment before it says. */
  readonly notRun: string | undefined;
}

const NOT_RUN = /<!-- not run: ([\s\S]+?) -->/;

export function blocksOf(document: string): readonly Block[] {
  const blocks: Block[] = [];
  let line = 1;
  let reason: string | undefined;
  for (const token of tokensOf(document)) {
    if (token.type === 'code') {
      const [language = '', name = ''] = String(token.lang ?? '').split(' ');
      blocks.push({ document, language, name, text: token.text, line: line + 1, notRun: reason });
    }
    if (token.type !== 'space') reason = NOT_RUN.exec(token.type === 'html' ? token.raw : '')?.[1];
    line += token.raw.split('\n').length - 1;
  }
  return blocks;
}

/** What is printed between backticks, in sentences and tables. */
export function codeSpansOf(document: string): readonly string[] {
  const spans: string[] = [];
  void marked.walkTokens([...tokensOf(document)], (token) => {
    if (token.type === 'codespan') spans.push(String(token.text));
  });
  return spans;
}

const tokensOf = (document: string): readonly Token[] =>
  marked.lexer(readFileSync(join(ROOT, document), 'utf8'));
