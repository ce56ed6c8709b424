/** Builds the site: every page, the search's index, style and script, into one folder that any host can serve. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { framePage } from './frame-page.ts';
import { addressOf, FILES } from './pages.ts';
import { deadLinks } from './parse-link.ts';
import { type Page, readPage } from './read-page.ts';
import { renderPage } from './render-page.ts';

export const DOCS = fileURLToPath(new URL('..', import.meta.url));
const ASSETS = fileURLToPath(new URL('assets', import.meta.url));

/**
 * @param into a folder that is made anew.
 * @throws Error [dead-links] that names each.
 */
export function buildSite(into: string): readonly string[] {
  const pages = FILES.map((file) => readPage(DOCS, file));
  const dead = deadLinks(DOCS, pages);
  if (dead.length > 0)
    throw new Error(
      ['Links that lead nowhere:', ...dead, 'Correct them. [dead-links]'].join('\n  '),
    );
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  cpSync(ASSETS, into, { recursive: true });
  writeFileSync(join(into, 'search-index.js'), searchIndex(pages));
  for (const page of pages)
    writeFileSync(join(into, addressOf(page.file)), framePage(page, renderPage(DOCS, page), pages));
  return pages.map(({ file }) => addressOf(file));
}

/** A script, not JSON: pages opened from the disk may load the one and not the other. */
function searchIndex(pages: readonly Page[]): string {
  const entries = pages.flatMap(({ file, title, sections }) =>
    sections.map(({ heading: { depth, slug, text: heading }, text }) => ({
      page: title,
      heading,
      href: depth === 1 ? addressOf(file) : `${addressOf(file)}#${slug}`,
      text,
    })),
  );
  return `globalThis.searchIndex = ${JSON.stringify(entries)};\n`;
}
