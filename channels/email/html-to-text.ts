/** The text alternative of an e-mail: what a reader without HTML sees, links written out. */

const ENTITIES: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * Turns markup into readable text.
 *
 * @example
 * htmlToText('<h1>Hola</h1><p>Lee <a href="https://a.example">esto</a></p>')
 * // => 'Hola\n\nLee esto (https://a.example)'
 */
export function htmlToText(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->|<!doctype[^>]*>/gi, '')
    .replace(/<(head|style|script|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<a\b[^>]*?\bhref\s*=\s*("[^"]*"|'[^']*')[^>]*>(.*?)<\/a\s*>/gi, linkToText)
    .replace(/<img\b[^>]*?\balt\s*=\s*"([^"]*)"[^>]*>/gi, '$1')
    .replace(/<br\b[^>]*>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<hr\b[^>]*>/gi, '\n\n---\n\n')
    .replace(/<\/(td|th)\s*>/gi, ' ')
    .replace(/<\/(tr|div)\s*>/gi, '\n')
    .replace(/<\/?(p|h[1-6]|ul|ol|table|blockquote|footer|section)\b[^>]*>/gi, '\n\n')
    .replace(/<[^>]*>/g, '');
  return decodeEntities(text)
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function linkToText(_: string, quoted: string, inner: string): string {
  const url = quoted.slice(1, -1);
  const label = inner.replace(/<[^>]*>/g, '').trim();
  if (label === '' || label === url) return url;
  return /^(https?|mailto):/i.test(url) ? `${label} (${url.replace(/^mailto:/i, '')})` : label;
}

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
