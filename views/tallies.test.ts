/** What is remembered of days that are over is what the ledger holds, whatever the span, asked again or not. */
import { fc, test as property } from '@fast-check/vitest';
import { expect, test, vi } from 'vitest';
import config from '../examples/three-month-nurture/cultivo.config.ts';
import { Lead } from '../examples/three-month-nurture/lead.ts';
import { threeMonthNurture } from '../examples/three-month-nurture/three-month-nurture.ts';
import { persona } from '../rehearsal/index.ts';
import { decisions } from '../store/tables/index.ts';
import { playedWorld } from '../test/played-world.ts';
import { type Tally, talliesOf } from './tallies.ts';

const FIRST = Date.UTC(2026, 2, 2, 9);
const DAY_MS = 86_400_000;
const profile: Lead = {
  name: 'Ana',
  email: 'ana@a.example',
  company: 'Acme',
  role: 'energy-manager',
  sector: 'food',
  country: 'ES',
  employees: 420,
  timezone: 'Pacific/Chatham',
};
const leads = ['ana', 'ben'].map((id, i) => ({
  lead: persona(
    Lead,
    { ...profile, email: `${id}@a.example` },
    { id, ...(i ? { consents: [] } : {}) },
  ),
  from: '2026-03-02T10:00',
  config,
}));
const world = await playedWorld(threeMonthNurture, leads, FIRST + 60 * DAY_MS);
const rows = (await world.store.transaction((tx) => tx.page(decisions, { limit: 10_000 }))).filter(
  ({ journey }) => journey === threeMonthNurture.id,
);

const day = fc.integer({ min: -5 * 24, max: 65 * 24 }).map((hours) => FIRST + hours * 3_600_000);
const odd = fc.constantFrom(0, 1, -1, 59_999);
const edge = fc.tuple(day, odd).map(([at, off]) => at + off);

property.prop([edge, edge])('in any span', async (one, other) => {
  const span = { from: Math.min(one, other), to: Math.max(one, other) };
  const within = rows.filter(({ at }) => at >= span.from && at < span.to);
  for (let asked = 0; asked < 2; asked += 1) {
    const tallies = await talliesOf(world, threeMonthNurture.id, span);
    expect(sums(tallies)).toEqual(sums(within.map((row) => ({ ...row, count: 1 }))));
  }
});

function sums(tallies: readonly Tally[]): { readonly [what: string]: number } {
  const found: Record<string, number> = {};
  for (const { step, verdict, outcome, reason, count } of tallies) {
    const what = [step, verdict, outcome, reason].join(' ');
    found[what] = (found[what] ?? 0) + count;
  }
  return found;
}

test('who enters late, days ago, is counted before long', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const span = { from: FIRST - 5 * DAY_MS, to: FIRST + 50 * DAY_MS };
    const entered = async () =>
      (await talliesOf(world, threeMonthNurture.id, span))
        .filter(({ verdict }) => verdict === 'enter')
        .reduce((sum, { count }) => sum + count, 0);
    const before = await entered();
    const [row] = rows.filter(({ verdict }) => verdict === 'enter');
    if (row === undefined) throw new Error('Expected an entry.');
    await world.store.transaction((tx) =>
      tx.add(decisions, [{ ...row, key: 'late', at: FIRST + 20 * DAY_MS }]),
    );
    vi.advanceTimersByTime(2 * 60_000 + 1);
    expect(await entered()).toBe(before + 1);
  } finally {
    vi.useRealTimers();
  }
});
