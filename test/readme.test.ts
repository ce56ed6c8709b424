import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FILES_WITH_PARTS, withParts } from '../docs/generated-parts.ts';

const example = (name: string) =>
  readFileSync(new URL(`../examples/trial-nurture/${name}`, import.meta.url), 'utf8');

test.each(FILES_WITH_PARTS)('what %s takes from the sources is what they say', (file) => {
  const { is, mustBe } = withParts(file);
  expect(is, 'run: npm run docs').toBe(mustBe);
});

test('the journey of the README is the one that its test plays, and so is its story', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, journey = ''] = /\n\n(const[\s\S]*)$/.exec(example('trial-nurture.ts')) ?? [];
  expect(readme).toContain(journey.trim());
  const [, story = ''] =
    /toRead\(`\n([\s\S]*?)\n\s*`\)/.exec(example('trial-nurture.test.ts')) ?? [];
  const lines = story.split('\n').map((line) => line.slice(4));
  expect(readme).toContain(lines.join('\n'));
});
