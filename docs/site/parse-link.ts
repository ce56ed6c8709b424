/** Where a link of a page leads, and links that lead nowhere. */
import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Page } from './read-page.ts';

interface ParsedLink {
  /** From `docs/` on; the page itself where only a part of it is named. */
  readonly path: string;
  /** `#part`, or nothing. */
  readonly anchor: string;
  /** On the internet, where nobody looks. */
  readonly isElsewhere: boolean;
}

export function parseLink(from: string, href: string): ParsedLink {
  const [, path = '', anchor = ''] = /^([^#]*)(#.*)?$/.exec(href) ?? [];
  return {
    path: path === '' ? from : posix.join(dirname(from), path),
    anchor,
    isElsewhere: /^[a-z]+:/.test(href),
  };
}

/** `tutorial.md: steps.md#wait`, for each link whose file, or part of a page, does not exist. */
export function deadLinks(docs: string, pages: readonly Page[]): readonly string[] {
  return pages.flatMap((page) =>
    page.links
      .filter((href) => !leadsSomewhere(docs, pages, page, href))
      .map((href) => `${page.file}: ${href}`),
  );
}

function leadsSomewhere(docs: string, pages: readonly Page[], from: Page, href: string): boolean {
  const { path, anchor, isElsewhere } = parseLink(from.file, href);
  if (isElsewhere) return true;
  if (!existsSync(join(docs, path))) return false;
  const page = pages.find(({ file }) => file === path);
  return (
    anchor === '' || page?.sections.some(({ heading }) => `#${heading.slug}` === anchor) === true
  );
}
