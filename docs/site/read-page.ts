/** A file of Markdown, read once: its tokens, its headings with their names, its text by section, its links. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import { newSlugs } from './slugs.ts';

export interface Heading {
  readonly depth: number;
  readonly text: string;
  /** Its name in addresses. */
  readonly slug: string;
}

/** What stands under one heading. */
export interface Section {
  readonly heading: Heading;
  readonly text: string;
}

export interface Page {
  /** From `docs/` on. */
  readonly file: string;
  readonly title: string;
  readonly tokens: readonly Token[];
  readonly headings: ReadonlyMap<Token, Heading>;
  readonly sections: readonly Section[];
  /** As they are written. */
  readonly links: readonly string[];
}

/** @param docs the folder from which `file` is named. */
export function readPage(docs: string, file: string): Page {
  const tokens = marked.lexer(readFileSync(join(docs, file), 'utf8'));
  const slug = newSlugs();
  const headings = new Map<Token, Heading>();
  const sections: { readonly heading: Heading; text: string }[] = [];
  for (const token of tokens) {
    const text = plain(token);
    if (token.type === 'heading') {
      const heading = { depth: (token as Tokens.Heading).depth, text, slug: slug(text) };
      headings.set(token, heading);
      sections.push({ heading, text: '' });
    }
    const section = sections.at(-1);
    if (section !== undefined && token.type !== 'heading') section.text += ` ${text}`;
  }
  const links: string[] = [];
  void marked.walkTokens(tokens, (token) => {
    if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link).href);
  });
  return {
    file,
    title: sections[0]?.heading.text ?? file,
    tokens,
    headings,
    sections: sections.map((each) => ({ ...each, text: each.text.replaceAll(/\s+/g, ' ').trim() })),
    links,
  };
}

/** What somebody reads, without markup. */
function plain(token: Token): string {
  if (token.type === 'html' || token.type === 'image') return '';
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].flat().map(cellText).join(' ');
  }
  if (token.type === 'list') return (token as Tokens.List).items.map(plain).join(' ');
  if ('tokens' in token && token.tokens !== undefined) return token.tokens.map(plain).join('');
  return 'text' in token ? String(token.text) : '';
}

const cellText = ({ tokens }: Tokens.TableCell): string => tokens.map(plain).join('');
