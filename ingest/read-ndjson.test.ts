import { expect, test } from 'vitest';
import { readBehaviourNdjson } from './read-ndjson.ts';

test('lines become items at their own instants', () => {
  const { items, problems } = readBehaviourNdjson(
    [
      '{"event":"Pricing Viewed","userId":"u1","timestamp":"2026-03-02T10:00:00Z","messageId":"m1"}',
      '',
      '{"type":"identify","userId":"u1","timestamp":1772445600000,"sentAt":"2030-01-01","traits":{"country":"ES"}}\r',
    ].join('\n'),
  );
  expect(problems).toEqual([]);
  expect(items).toMatchObject([
    {
      type: 'track',
      source: 'file',
      id: 'm1',
      name: 'Pricing Viewed',
      at: Date.UTC(2026, 2, 2, 10),
    },
    { type: 'identify', at: Date.UTC(2026, 2, 2, 10), traits: { country: 'ES' } },
  ]);
});

test('the same line has the same id, wherever its keys stand', () => {
  const ids = [
    '{"event":"A","userId":"u1","timestamp":1}',
    '{"timestamp":1,"userId":"u1","event":"A"}',
    '{"timestamp":2,"userId":"u1","event":"A"}',
  ].map((line) => readBehaviourNdjson(line).items[0]?.id);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
});

test('bad lines are named, the others go on', () => {
  const { items, problems } = readBehaviourNdjson(
    [
      '{"event":"A","userId":"u1"}',
      '{"event":',
      '{"event":"A","timestamp":"2026-03-02T10:00"}',
      '{"event":"A","userId":"u1","timestamp":"2026-03-02"}',
    ].join('\n'),
  );
  expect(items).toHaveLength(1);
  expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
    '1 timestamp',
    '2 ',
    '3 timestamp',
  ]);
});
