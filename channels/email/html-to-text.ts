/**
 * The text alternative of an e-mail: what a reader without HTML sees, links written out. However much
 * text a lead's data bring, it costs in proportion to its length.
 */
import { compile, type FormatCallback } from 'html-to-text';

/** What an image says, as if it were written there: a link around it then has a label. */
const alternative: FormatCallback = ({ attribs }, _, builder) =>
  builder.addInline(String(attribs.alt ?? ''));

/** Cells of a row stay apart by a space; layouts made of tables nest, so columns are not drawn. */
const cell: FormatCallback = ({ children }, walk, builder) => {
  walk(children, builder);
  builder.addInline(' ');
};

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const convert = compile({
  wordwrap: false,
  // The library's own, and the no-break space: runs of it only push things apart.
  whitespaceCharacters: ' \t\r\n\f\u200b\u00a0',
  // The whole document: templates may leave the body open, or write after it.
  baseElements: { selectors: [] },
  formatters: { alternative, cell },
  selectors: [
    { selector: 'title', format: 'skip' },
    ...HEADINGS.map((selector) => ({
      selector,
      options: { uppercase: false, leadingLineBreaks: 2 },
    })),
    { selector: 'a', options: { linkBrackets: ['(', ')'], hideLinkHrefIfSameAsText: true } },
    { selector: 'img', format: 'alternative' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    { selector: 'hr', options: { length: 3 } },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
  ],
});

/**
 * Turns markup into readable text.
 *
 * @example
 * htmlToText('<h1>Hola</h1><p>Lee <a href="https://a.example">esto</a></p>')
 * // => 'Hola\n\nLee esto (https://a.example)'
 */
export const htmlToText = (html: string): string => convert(html);
