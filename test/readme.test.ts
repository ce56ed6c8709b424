import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readmeWithTable, readReadme } from '../docs/step-table.ts';

const example = (name: string) =>
  readFileSync(new URL(`../examples/trial-nurture/${name}`, import.meta.url), 'utf8');

test('the table of steps is the one that the steps make', () => {
  expect(readReadme(), 'run: npm run docs').toBe(readmeWithTable(readReadme()));
});

test('the journey of the README is the one that its test plays, and so is its story', () => {
  const readme = readReadme();
  const [, journey = ''] = /\n\n(const[\s\S]*)$/.exec(example('trial-nurture.ts')) ?? [];
  expect(readme).toContain(journey.trim());
  const [, story = ''] =
    /toRead\(`\n([\s\S]*?)\n\s*`\)/.exec(example('trial-nurture.test.ts')) ?? [];
  const lines = story.split('\n').map((line) => line.slice(4));
  expect(readme).toContain(lines.join('\n'));
});
