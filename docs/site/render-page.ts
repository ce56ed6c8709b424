/** The markup of a page: headings that can be linked to, code in colours, links that lead to pages of the site. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Marked } from 'marked';
import { escapeHtml } from '../../dsl/html.ts';
import { highlight } from './highlight.ts';
import { addressOf, FILES } from './pages.ts';
import type { Page } from './read-page.ts';
import { parseLink } from './parse-link.ts';

const COMMENT = /<!--[\s\S]*?-->/g;

export function renderPage(docs: string, { file, tokens, headings }: Page): string {
  const marked = new Marked();
  marked.use({
    renderer: {
      heading(token) {
        const { depth } = token;
        const id = headings.get(token)?.slug ?? '';
        const inside = this.parser.parseInline(token.tokens);
        const anchor =
          depth === 1
            ? ''
            : ` <a class="anchor" href="#${id}" aria-label="Link to this part">#</a>`;
        return `<h${depth} id="${id}">${inside}${anchor}</h${depth}>\n`;
      },
      code: ({ text, lang = '' }) =>
        `<pre tabindex="0"><code>${highlight(text, lang)}</code></pre>\n`,
      html: ({ text }) => text.replace(COMMENT, ''),
      link(token) {
        const inside = this.parser.parseInline(token.tokens);
        const href = onSite(file, token.href);
        return href === undefined ? inside : `<a href="${escapeHtml(href)}">${inside}</a>`;
      },
      // Part of the page, so that it takes the page's colours and can be read aloud.
      image: ({ href }) => {
        const picture = readFileSync(join(docs, dirname(file), href), 'utf8');
        return `<span class="picture" tabindex="0">${picture}</span>`;
      },
    },
  });
  return marked
    .parser([...tokens])
    .replaceAll('<table>', '<div class="table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
}

/** Where a link leads on the site; undefined for files of the repository that are no pages. */
function onSite(from: string, href: string): string | undefined {
  const { path, anchor, isElsewhere } = parseLink(from, href);
  if (isElsewhere) return href;
  if (path === from) return anchor;
  return FILES.includes(path) ? `${addressOf(path)}${anchor}` : undefined;
}
