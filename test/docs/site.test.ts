/** The site: every document is on it, every link leads somewhere, nothing is loaded from elsewhere, the search finds. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { buildSite } from '../../docs/site/build-site.ts';
import { FILES } from '../../docs/site/pages.ts';
import { deadLinks } from '../../docs/site/parse-link.ts';
import { readPage } from '../../docs/site/read-page.ts';
import { stepFiles } from '../../docs/step-table.ts';
import { VARIABLES } from './check-command.ts';
import { DOCS, DOCUMENTS, ROOT } from './documents.ts';

const site = mkdtempSync(join(tmpdir(), 'cultivo-site-'));
afterAll(() => rmSync(site, { recursive: true, force: true }));
const addresses = buildSite(site);
const read = (file: string): string => readFileSync(join(site, file), 'utf8');

test('every file of Markdown in docs/ is a page', () => {
  const files = readdirSync(DOCS).filter((file) => file.endsWith('.md'));
  expect(FILES.filter((file) => !file.startsWith('../')).toSorted()).toEqual(files.toSorted());
});

test('links between all documents, and to parts of them, lead somewhere', () => {
  const pages = DOCUMENTS.map((document) => readPage(ROOT, document));
  expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(30);
  expect(deadLinks(ROOT, pages)).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  const [page] = DOCUMENTS.map((document) => readPage(ROOT, document));
  if (page === undefined) throw new Error('Expected a document.');
  const links = ['#nowhere', 'docs/nowhere.md', 'docs/steps.md#nowhere', 'https://example.com'];
  const pages = [{ ...page, links }, readPage(ROOT, 'docs/steps.md')];
  expect(deadLinks(ROOT, pages)).toEqual(links.slice(0, 3).map((link) => `README.md: ${link}`));
});

describe.each(addresses)('%s', (address) => {
  const html = read(address);

  test('has links to pages and parts that are there', () => {
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) {
      const [, file = '', part] = /^([^#]*)(?:#(.*))?$/.exec(href) ?? [];
      if (/^https?:/.test(href)) continue;
      const target = file === '' ? html : read(file);
      if (part !== undefined) expect(target, href).toContain(` id="${part}"`);
    }
  });

  test('loads nothing from elsewhere, and is whole', () => {
    const loaded = [...html.matchAll(/<(?:link|script|img|iframe)[^>]*(?:src|href)="([^"]*)"/g)];
    for (const [, source = ''] of loaded) expect(source).not.toMatch(/^(https?:)?\/\//);
    expect(html.match(/<h1 /g)).toHaveLength(1);
    expect(html).not.toContain('<!--');
  });
});

test('each step has its part on the page of steps', () => {
  const steps = readFileSync(join(DOCS, 'steps.md'), 'utf8');
  for (const { name } of stepFiles) expect(steps).toContain(`<!-- step ${name} -->`);
});

test('each variable that is read is named on the page of running', () => {
  const running = readFileSync(join(DOCS, 'running.md'), 'utf8');
  const elsewhere = ['PATH', 'CI', 'XDG_CACHE_HOME'];
  for (const name of VARIABLES)
    if (!elsewhere.includes(name)) expect(running).toContain(`\`${name}\``);
});

test('each reason for which nothing is sent is named on the page of questions', () => {
  const questions = readFileSync(join(DOCS, 'questions.md'), 'utf8');
  const source = readFileSync(join(ROOT, 'views/reasons.ts'), 'utf8');
  const reasons = [...source.matchAll(/reason: \/\^([a-z -]+)/g)].map(([, reason = '']) => reason);
  expect(reasons.length).toBeGreaterThan(10);
  for (const reason of reasons) expect(questions).toContain(`\`${reason}`);
});

describe('search', () => {
  type Found = readonly { readonly href: string }[];
  type Searching = { searchIndex: Found; searchSections(index: Found, query: string): Found };
  // What the scripts set.
  const page = createContext({}) as unknown as Searching;
  for (const script of ['search-index.js', 'search.js']) runInContext(read(script), page as object);

  test.each([
    ['why was nothing sent', 'questions.html#why-was-nothing-sent'],
    ['waitdays', 'steps.html#waitdays'],
    ['send window', 'semantics.html#sending'],
    ['CULTIVO_WRITE_KEY', 'production.html'],
    ['Unsubscribe', 'questions.html#how-do-people-unsubscribe'],
  ])('%s', (query, href) => {
    const found = page.searchSections(page.searchIndex, query).map((each) => each.href);
    expect(found.slice(0, 5)).toContain(href);
  });

  test('nothing for nothing, and for what no page says', () => {
    expect(page.searchSections(page.searchIndex, '  ')).toHaveLength(0);
    expect(page.searchSections(page.searchIndex, 'xylophone')).toHaveLength(0);
  });
});
