/** `html`: a template tag that escapes every value, so that a lead's name can never become markup. */

/** Markup that is safe to send as it is. */
export interface Html {
  readonly html: string;
}

type HtmlValue = string | number | null | undefined | Html | readonly HtmlValue[];

/**
 * Builds markup; values are escaped, nested `html` is kept, lists are joined, null and undefined are
 * left out.
 *
 * @example
 * html`<p>${'Ana & Co'}</p>`.html // => '<p>Ana &amp; Co</p>'
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: strings.reduce((text, part, i) => text + render(values[i - 1]) + part) };
}

function render(value: HtmlValue): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(render).join('');
  if (typeof value === 'object') return (value as Html).html; // the only object that is left
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
