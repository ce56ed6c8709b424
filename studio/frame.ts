/** The frame of every page: navigation, the style sheet and the small script of our own, and headers that let nothing else in. */
import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { html, type Html } from '../dsl/html.ts';

export const ROOT = '/studio';

const SECTIONS = [
  ['Journeys', ''],
  ['People', '/people'],
  ['Inbox', '/inbox'],
  ['Templates', '/templates'],
  ['Sales', '/sales'],
  ['Plans', '/plans'],
] as const;

export type Section = (typeof SECTIONS)[number][0];

/** Without a referrer at all, browsers hide where forms come from, and no button of ours would work. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const;

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface PageOf {
  readonly title: string;
  readonly section: Section;
  readonly content: Html;
  readonly status?: ContentfulStatusCode;
}

export function page(
  context: Context,
  { title, section, content, status = 200 }: PageOf,
): Response {
  const who = context.req.query('who') ?? '';
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title} · Cultivo</title>
        <link rel="stylesheet" href="${ROOT}/studio.css" />
        <link rel="icon" href="data:," />
        <script src="${ROOT}/studio.js" type="module"></script>
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <header>
          <b>Cultivo</b>
          <nav aria-label="Studio">
            ${SECTIONS.map(
              ([name, path]) =>
                html`<a href="${ROOT}${path}" ${name === section ? CURRENT : ''}>${name}</a>`,
            )}
          </nav>
          <form action="${ROOT}/find" role="search">
            <input
              name="who"
              type="search"
              value="${who}"
              placeholder="User id or e-mail"
              aria-label="Find a person"
            />
          </form>
        </header>
        <main id="content">${content}</main>
      </body>
    </html>`;
  return context.html(document.html, status, { ...HEADERS, 'content-security-policy': POLICY });
}

export const CURRENT = html`aria-current="page"`;

/** A part of a page, loaded by its script. */
export const part = (context: Context, content: Html): Response =>
  context.html(content.html, 200, { ...HEADERS, 'content-security-policy': POLICY });

/** Somebody else's markup in a frame of its own: it runs no script and reaches nothing around it. */
export const framed = (context: Context, markup: string): Response =>
  context.html(markup, 200, {
    ...HEADERS,
    'content-security-policy':
      "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; font-src https: data:; " +
      "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
  });

export function notFound(context: Context, section: Section, what: string): Response {
  const content = html`<h1>Not found</h1>
    <p>${what}</p>`;
  return page(context, { title: 'Not found', section, content, status: 404 });
}

const ASSETS = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const;

/** Read once. */
const assets: ReadonlyMap<string, { readonly type: string; readonly text: string }> = new Map(
  Object.entries(ASSETS).map(([ending, type]) => {
    const file = new URL(`assets/studio.${ending}`, import.meta.url);
    return [`studio.${ending}`, { type, text: readFileSync(file, 'utf8') }] as const;
  }),
);

export function asset(context: Context, name: string): Response {
  const found = assets.get(name);
  if (found === undefined) return context.text('not found', 404);
  return context.body(found.text, 200, {
    'content-type': found.type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
}
