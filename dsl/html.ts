/** `html`: a template tag that escapes every value, so that a lead's name can never become markup. */

declare const made: unique symbol;

/** Markup that is safe to send as it is. Only `html` makes it: no data, however shaped, can pass for it. */
export interface Html {
  readonly html: string;
  readonly [made]: true;
}

/** All that was ever made, whichever copy of this module made it. */
const MADE = Symbol.for('cultivo.html');
const everMade: WeakSet<object> = ((globalThis as { [MADE]?: WeakSet<object> })[MADE] ??=
  new WeakSet());

export const isHtml = (value: unknown): value is Html =>
  typeof value === 'object' && value !== null && everMade.has(value);

type HtmlValue = string | number | null | undefined | Html | readonly HtmlValue[];

/**
 * Builds markup; values are escaped, nested `html` is kept, lists are joined, null and undefined are
 * left out.
 *
 * @throws TypeError [not-printable] for any other object
 * @example
 * html`<p>${'Ana & Co'}</p>`.html // => '<p>Ana &amp; Co</p>'
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return trusted(strings.reduce((text, part, i) => text + render(values[i - 1]) + part));
}

/** Text of our own as markup, unescaped: never anything that came from outside. */
export function trusted(text: string): Html {
  const markup = { html: text };
  everMade.add(markup);
  return markup as Html; // it has just been made
}

function render(value: HtmlValue): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(render).join('');
  if (isHtml(value)) return value.html;
  if (typeof value === 'object') {
    throw new TypeError(
      'html: expected text, numbers, lists of them or html`…`, received an object. ' +
        'Name the field that is to be printed. [not-printable]',
    );
  }
  return escapeHtml(String(value));
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
