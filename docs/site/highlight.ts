/** Colours for code: comments, texts, words of the language. Small, because the site loads nothing from elsewhere. */
import { escapeHtml } from '../../dsl/html.ts';

const WORDS =
  'as|async|await|class|const|export|default|extends|for|from|function|if|import|interface|let|new|null|of|readonly|return|true|false|type|undefined';

const LANGUAGES: { readonly [language: string]: RegExp } = {
  ts: new RegExp(
    String.raw`(?<comment>//[^\n]*|/\*[\s\S]*?\*/)|(?<text>'(?:\\.|[^'\\\n])*'|` +
      '`(?:\\\\.|[^`\\\\])*`' +
      String.raw`)|(?<word>\b(?:${WORDS})\b)|(?<number>\b\d[\d_.]*\b)`,
    'g',
  ),
  json: /(?<text>"(?:\\.|[^"\\])*")|(?<word>\b(?:true|false|null)\b)|(?<number>\b\d[\d.]*\b)/g,
  sh: /(?<comment>(?<=^|\s)#[^\n]*)|(?<text>'[^']*'|"[^"]*")/g,
};

/** Markup of a block of code; a language that is not known stays as it is. */
export function highlight(code: string, language: string): string {
  const pattern = LANGUAGES[language];
  if (pattern === undefined) return escapeHtml(code);
  let markup = '';
  let end = 0;
  for (const { 0: found, index, groups = {} } of code.matchAll(pattern)) {
    const [kind] = Object.entries(groups).find(([, text]) => text !== undefined) ?? [];
    markup += `${escapeHtml(code.slice(end, index))}<span class="${kind}">${escapeHtml(found)}</span>`;
    end = index + found.length;
  }
  return markup + escapeHtml(code.slice(end));
}
