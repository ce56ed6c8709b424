import { expect, test } from 'vitest';
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

test('what was escaped stays text', () => {
  expect(htmlToText('<p>&lt;b&gt; &#39;x&#x27; &unknown; &#9999999;</p>')).toBe(
    "<b> 'x' &unknown; &#9999999;",
  );
});
