/** Commands as a shell would read them, as far as documents print them: quotes, variables in front, pipes, comments. */

export interface ShellCommand {
  /** `DATABASE_URL`, where it is set for this command alone. */
  readonly variables: readonly string[];
  readonly words: readonly string[];
}

/** A comment, an operator, or a word; `<journey>` is a word that the reader puts there. */
const TOKEN =
  /\s*(?:(#.*)|(\|\||&&|[|;]|(?!<[\w-]+>)[<>]+)|((?:<[\w-]+>|'[^']*'|"(?:\\.|[^"\\])*"|\\[\s\S]|[^\s'"|;&<>\\])+))/gy;

/** Each command of a script; what follows `>` is a file and no word. */
export function shellCommands(script: string): readonly ShellCommand[] {
  return inLines(script).flatMap(commandsOfLine);
}

/** Lines that a backslash, or an open quote, continues are one. */
function inLines(script: string): readonly string[] {
  const lines: string[] = [];
  for (const line of script.split('\n')) {
    const before = lines.at(-1);
    const isContinued = before?.endsWith('\\') === true;
    if (isContinued) lines[lines.length - 1] = `${before.slice(0, -1)} ${line}`;
    else lines.push(line);
  }
  return lines;
}

function commandsOfLine(line: string): readonly ShellCommand[] {
  const commands: string[][] = [[]];
  let isFile = false;
  for (const [, comment, operator, word] of line.matchAll(TOKEN)) {
    if (comment !== undefined) break;
    if (operator !== undefined) {
      isFile = /[<>]/.test(operator);
      if (!isFile) commands.push([]);
    } else if (word !== undefined && !isFile) commands.at(-1)?.push(unquote(word));
    else isFile = false;
  }
  return commands.flatMap((words) => {
    const start = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
    const variables = words.slice(0, start).map((word) => word.split('=')[0] ?? '');
    return start < 0 ? [] : [{ variables, words: words.slice(start) }];
  });
}

const unquote = (word: string): string =>
  word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\([\s\S])/g, (_, single, double, escaped) =>
    String(single ?? double?.replaceAll(/\\(.)/g, '$1') ?? escaped),
  );
