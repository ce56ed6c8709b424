/** `expect(story).toRead(…)`: compares a story with its text, whatever the indentation; `toHaveSent(…)`: what its lead got. */
import type {} from 'vitest';
import type { Story } from './story.ts';
import type { StoryEmail } from './story-emails.ts';

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

  toHaveSent(received: Story, template: string | { readonly id: string }, like: Like = {}) {
    const id = typeof template === 'string' ? template : template.id;
    const sent = received.emails.filter((each) => each.template === id);
    const fits = (each: StoryEmail): boolean =>
      Object.entries(like).every(([part, wanted]) =>
        isLike(each[part as keyof Like], wanted ?? ''),
      );
    const others = received.emails.map((each) => each.template).join(', ') || 'nothing';
    return {
      pass: sent.some(fits),
      message: () =>
        sent.length === 0
          ? `Expected ${id} to be sent. Sent: ${others}.\n\n${String(received)}\n`
          : `Expected ${id} like that, or not at all. It was sent so:`,
      actual: sent.map((each) =>
        Object.fromEntries(Object.keys(like).map((part) => [part, each[part as keyof Like]])),
      ),
      expected: [like],
    };
  },
};

/** A part of a text, or a pattern. */
const isLike = (actual: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? actual.includes(wanted) : wanted.test(actual);

type Like = Partial<Record<'to' | 'from' | 'subject' | 'text' | 'html', string | RegExp>>;

declare module 'vitest' {
  // Vitest's own way to add a matcher: its declaration must be repeated to the letter.
  // oxlint-disable-next-line no-unused-vars, no-explicit-any
  interface Matchers<T = any> {
    /** The story reads so, line by line: local date, time, two spaces, what was done. */
    toRead(text: string): void;
    /** The lead got this template; `like`: with these texts, or parts of them, or patterns. */
    toHaveSent(template: string | { readonly id: string }, like?: Like): void;
  }
}
