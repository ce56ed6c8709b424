import { expect, test } from 'vitest';
import { gate, type GateFacts } from './gate.ts';

const SATURDAY = Date.UTC(2026, 2, 7, 10);
const facts: GateFacts = {
  at: SATURDAY,
  lead: 'ana',
  zone: 'UTC',
  over: undefined,
  address: 'ana@example.com',
  noAddress: 'no email address',
  lacks: undefined,
  suppressed: undefined,
  consent: 'in',
  consentMode: 'opt-in',
  brokenCap: undefined,
  window: { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
  holidays: new Set(),
  spreadMs: 0,
  isHurried: false,
};
const marketing = { topic: 'news', class: 'marketing' } as const;
const full = { outcome: 'defer', room: SATURDAY + 1 } as const;

test('whoever is hurried waits for no window and no cap, and is skipped as anybody', () => {
  const answer = (change: Partial<GateFacts>) => gate(marketing, { ...facts, ...change }).verdict;
  expect(answer({})).toBe('defer');
  expect(answer({ isHurried: true })).toBe('send');
  expect(answer({ isHurried: true, brokenCap: full })).toBe('send');
  expect(answer({ isHurried: true, brokenCap: { ...full, outcome: 'skip' } })).toBe('skip');
  expect(answer({ isHurried: true, consent: 'out' })).toBe('skip');
  expect(answer({ isHurried: true, over: 'exit' })).toBe('leave');
});
