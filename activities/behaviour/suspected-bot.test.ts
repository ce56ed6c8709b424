import { describe, expect, test } from 'vitest';
import { suspectBot } from './suspected-bot.ts';

const AT = Date.UTC(2026, 2, 2, 10);
const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15';
const click = { name: 'email link clicked', at: AT, userAgent: BROWSER };
const open = { name: 'email opened', at: AT, userAgent: BROWSER };

test('a person opens and clicks', () => {
  expect(suspectBot(open)).toBe(false);
  expect(suspectBot({ ...click, sentAt: AT - 60_000, clicks: [{ at: AT, link: '/a' }] })).toBe(
    false,
  );
});

test('nothing known means nothing suspected', () => {
  expect(suspectBot({ name: 'email link clicked', at: AT })).toBe(false);
  expect(suspectBot({ name: 'pricing viewed', at: AT })).toBe(false);
});

describe('clicks', () => {
  test('within ten seconds of delivery', () => {
    expect(suspectBot({ ...click, sentAt: AT - 9_999 })).toBe(true);
    expect(suspectBot({ ...click, sentAt: AT - 10_000 })).toBe(false);
    expect(suspectBot({ ...click, sentAt: AT + 1 })).toBe(false);
  });

  test('three links within two seconds, whichever of them is asked about', () => {
    const clicks = [0, 1_000, 2_000].map((ms) => ({ at: AT + ms, link: `/${ms}` }));
    for (const { at } of clicks) expect(suspectBot({ ...click, at, clicks })).toBe(true);
    const slower = [0, 1_000, 2_001].map((ms) => ({ at: AT + ms, link: `/${ms}` }));
    for (const { at } of slower) expect(suspectBot({ ...click, at, clicks: slower })).toBe(false);
  });

  test('one link three times is an impatient person', () => {
    const clicks = [0, 500, 1_000].map((ms) => ({ at: AT + ms, link: '/same' }));
    expect(suspectBot({ ...click, clicks })).toBe(false);
  });
});

test.each([
  [
    'email opened',
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  ],
  ['email opened', 'Mozilla/5.0'],
  ['email link clicked', 'Mozilla/5.0 (compatible; BarracudaCentral)'],
  ['email link clicked', 'python-requests/2.32'],
  ['pricing viewed', 'Mozilla/5.0 (compatible; Googlebot/2.1)'],
])('%s by %s', (name, userAgent) => {
  expect(suspectBot({ name, at: AT, userAgent })).toBe(true);
});

test("Apple's network opens, but people on it click", () => {
  expect(suspectBot({ ...open, ip: '17.58.1.2' })).toBe(true);
  expect(suspectBot({ ...click, ip: '17.58.1.2' })).toBe(false);
});

test("a firm's own code may track with an HTTP library", () => {
  expect(suspectBot({ name: 'trial started', at: AT, userAgent: 'node' })).toBe(false);
});
