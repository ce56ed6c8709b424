/** `expect(story).toRead(…)`: compares a story with its text, whatever the indentation. */
import type {} from 'vitest';
import type { Story } from './story.ts';

/** The text without common indentation and blank edges. */
export function dedent(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  const indents = lines
    .filter((line) => line !== '')
    .map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, Infinity);
  return lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n');
}

/** Give it to vitest: `expect.extend(storyMatchers)`. */
export const storyMatchers = {
  toRead(received: Story, expected: string) {
    const actual = String(received);
    const wanted = dedent(expected);
    return {
      pass: actual === wanted,
      message: () => `The story does not read so. It reads:\n\n${actual}\n`,
      actual,
      expected: wanted,
    };
  },
};

declare module 'vitest' {
  // Vitest's own way to add a matcher: its declaration must be repeated to the letter.
  // oxlint-disable-next-line no-unused-vars, no-explicit-any
  interface Matchers<T = any> {
    /** The story reads so, line by line: local date, time, two spaces, what was done. */
    toRead(text: string): void;
  }
}
