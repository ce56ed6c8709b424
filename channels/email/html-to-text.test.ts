import { describe, expect, test } from 'vitest';
import { htmlToText } from './html-to-text.ts';

test('blocks become paragraphs, lists lines, links their address', () => {
  expect(
    htmlToText(`<!doctype html><html><head><title>no</title><style>p { color: red }</style></head>
      <body><h1>Hola&nbsp;Ana</h1><p>Uno<br>dos &amp; tres</p>
      <ul><li>a</li><li>b</li></ul>
      <p>Lee <a class="x" href="https://a.example/?a=1&amp;b=2"><b>esto</b></a> o
      <a href='mailto:hola@a.example'>escribe</a>, <a href="https://a.example">https://a.example</a></p></body></html>`),
  ).toBe(
    'Hola Ana\n\nUno\ndos & tres\n\n- a\n- b\n\nLee esto (https://a.example/?a=1&b=2) o escribe (hola@a.example), https://a.example',
  );
});

test('what was escaped stays text, and no entity is left that a reader would see', () => {
  expect(
    htmlToText('<p>&lt;b&gt; &#39;x&#x27; caf&eacute; 10&nbsp;&euro; &unknown; &#9999999;</p>'),
  ).toBe("<b> 'x' café 10 € &unknown; \ufffd");
});

test('cells stay apart, numbered lists keep their numbers, nested ones their depth', () => {
  expect(
    htmlToText(`<table><tr><th>Plan</th><th>Price</th></tr><tr><td>Pro</td><td>10</td></tr></table>
      <hr><ol><li>a</li><li>b<ul><li>c</li></ul></li></ol><blockquote>d</blockquote>`),
  ).toBe('Plan Price\nPro 10\n\n---\n\n 1. a\n 2. b\n    - c\n\n> d');
});

test('an image is its alternative text, also as the label of a link', () => {
  expect(
    htmlToText(`<p><img src="a.png" alt="Hello">, <img src="pixel.gif">
      <a href="https://a.example"><img src="b.png" alt="Home"></a></p>`),
  ).toBe('Hello, Home (https://a.example)');
});

test('what stands after the body is read, what no reader sees is not', () => {
  expect(
    htmlToText(`<html><head><title>no</title></head><body><p>a</p><!-- no --><script>no</script></html>
      <footer><p>b</p></footer>`),
  ).toBe('a\n\nb');
});

describe('work grows with the length, not with its square', () => {
  /** The fastest of a few runs: what else the machine does only ever adds. */
  const cost = (html: string): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const begun = performance.now();
        htmlToText(html);
        return performance.now() - begun;
      }),
    );

  test.each(['&nbsp;', 'a&amp;b ', '&#9999999;&', '<a href="', '<!--'])('%j', (piece) => {
    const page = (pieces: number): string => `<p>a${piece.repeat(pieces)}b</p>`;
    // Sixteen times the text: a square would cost 256 times as much.
    expect(cost(page(16 * 6_000)) / cost(page(6_000))).toBeLessThan(100);
  });
});
