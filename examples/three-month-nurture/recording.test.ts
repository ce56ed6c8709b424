/** The recorded leads and their behaviour tell one story: whoever edits one file is told about the other. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Lead } from './lead.ts';

interface Line {
  readonly type: string;
  readonly messageId: string;
  readonly userId?: string;
  readonly event?: string;
  readonly properties?: { readonly form?: string };
  readonly timestamp: string;
}

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8').trim();

const [header = '', ...rows] = read('leads.csv').split('\n');
const leads = rows.map((row) => {
  const values = row.split(',');
  const cells = header.split(',').map((column, i) => [column, values[i] ?? ''] as const);
  return Object.fromEntries(cells.filter(([, value]) => value !== ''));
});

const lines = read('behaviour.ndjson')
  .split('\n')
  // The tests below look at every field that they use.
  .map((line) => JSON.parse(line) as Line);

test.each(leads)('$userId fits the lead model and comes in by the contact form', (lead) => {
  expect(Lead.schema.safeParse(lead).error).toBeUndefined();
  const forms = lines.filter(
    ({ userId, properties }) => userId === lead['userId'] && properties?.form === 'contact',
  );
  expect(new Set(forms.map(({ messageId }) => messageId)).size).toBe(1);
});

test('everybody who does something is a lead, or an anonymous visitor who became one', () => {
  const known = new Set(leads.map(({ userId }) => userId));
  for (const { userId } of lines) if (userId !== undefined) expect(known).toContain(userId);
});

test('a message that was delivered twice is the same both times', () => {
  const first = new Map<string, Line>();
  for (const line of lines) {
    expect(first.get(line.messageId) ?? line).toEqual(line);
    first.set(line.messageId, line);
  }
  expect(first.size).toBeLessThan(lines.length);
});
