/** Examples as statements: what stands before a `// =>`, and what it is to be. */

export interface Statement {
  readonly source: string;
  readonly line: number;
  /** What stands behind its arrow. */
  readonly expected: string | undefined;
}

const ARROW = '// =>';
/** What continues a value that is longer than a line. */
const MORE = '//    ';

/** Prettier writes each statement from the first column on, and nothing else but what closes one. */
const BEGINS = /^[^\s)}\]/]/;

/** Of code as prettier writes it. */
export function statementsOf(code: string): readonly Statement[] {
  const statements: { source: string; line: number; expected: string | undefined }[] = [];
  for (const [i, whole] of code.split('\n').entries()) {
    const [text = '', arrow] = whole.split(ARROW);
    const last = statements.at(-1);
    if (BEGINS.test(text) || last === undefined)
      statements.push({ source: text, line: i, expected: arrow });
    else if (arrow !== undefined && last.expected !== undefined)
      throw new Error(`${whole}: expected one value for a statement, received another before it.`);
    else if (arrow !== undefined) last.expected = arrow;
    else if (last.expected !== undefined && text.startsWith(MORE)) last.expected += text.slice(2);
    else last.source += `\n${text}`;
  }
  return statements.map((each) => ({ ...each, source: each.source.trim().replace(/;$/, '') }));
}
