/** What stands around a page's text: the list of pages, the search, the parts of the page, the next page. */
import { escapeHtml } from '../../dsl/html.ts';
import { addressOf, FILES, GROUPS } from './pages.ts';
import type { Page } from './read-page.ts';

/** @param markup the page's own. */
export function framePage(page: Page, markup: string, pages: readonly Page[]): string {
  const title = page.file === FILES[0] ? 'Cultivo' : `${escapeHtml(page.title)} · Cultivo`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="style.css">
<link rel="icon" href="data:,">
<script src="search-index.js" defer></script>
<script src="search.js" defer></script>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header>
<a class="home" href="index.html">Cultivo</a>
<search id="search" hidden>
<input type="search" placeholder="Search" aria-label="Search all pages" autocomplete="off" aria-controls="found">
<div id="found" hidden></div>
</search>
</header>
<div class="columns">
<details class="pages" open><summary>Pages</summary>
<nav aria-label="Pages">${GROUPS.map(({ title: group, files }) => groupOf(group, files, page, pages)).join('')}</nav>
</details>
<main id="text">
${markup}
${next(page, pages)}
</main>
</div>
</body>
</html>
`;
}

function groupOf(
  title: string,
  files: readonly string[],
  open: Page,
  pages: readonly Page[],
): string {
  const items = files.map((file) => {
    const isOpen = file === open.file;
    const mark = isOpen ? ' aria-current="page"' : '';
    const link = `<a href="${addressOf(file)}"${mark}>${escapeHtml(titleOf(file, pages))}</a>`;
    return `<li>${link}${isOpen ? partsOf(open) : ''}</li>`;
  });
  return `<h2>${title}</h2><ul>${items.join('')}</ul>`;
}

function partsOf({ headings }: Page): string {
  const parts = [...headings.values()].filter(({ depth }) => depth === 2 || depth === 3);
  if (parts.length < 2) return '';
  const items = parts.map(
    ({ depth, slug, text }) =>
      `<li class="depth-${depth}"><a href="#${slug}">${escapeHtml(text)}</a></li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

function next({ file }: Page, pages: readonly Page[]): string {
  const following = FILES[FILES.indexOf(file) + 1];
  if (following === undefined) return '';
  const title = escapeHtml(titleOf(following, pages));
  return `<p class="next">Next: <a href="${addressOf(following)}">${title}</a></p>`;
}

const titleOf = (wanted: string, pages: readonly Page[]): string =>
  pages.find(({ file }) => file === wanted)?.title ?? wanted;
