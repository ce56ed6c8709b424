/** What waits for somebody who is parked stays small, and nothing that it said is lost. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  compile,
  event,
  handoffToSales,
  hours,
  journey,
  lead,
  owner,
  setStage,
} from '../dsl/index.ts';
import { Cohort } from './cohort.ts';
import type { CohortItem } from './items.ts';

const ENTRY = Date.UTC(2026, 2, 2, 10);
const plan = compile(
  journey('parked', { lead: lead(z.object({ name: z.string() })), goal: event('Booked') }, [
    handoffToSales({ to: owner, sla: hours(48), yes: [setStage('taken')] }),
  ]),
);
const happened = (id: string, news?: { step: string; what: string }): CohortItem => ({
  type: 'happened',
  run: 'ana',
  happening: { id, name: 'viewed', at: ENTRY + 1 },
  ...(news === undefined ? {} : { news }),
});

test('of thousands of events one look at the store is kept, and the news of sales', () => {
  const cohort = new Cohort(() => plan, { tickMs: 1, spreadMs: 0, exact: true });
  const entry = {
    type: 'enrol',
    run: 'ana',
    lead: 'ana',
    plan: plan.hash,
    zone: 'UTC',
    at: ENTRY,
  } as const;
  cohort.accept([entry], ENTRY);
  const [asked] = cohort.takeRequests();
  if (asked === undefined) throw new Error('Expected the handoff to be asked for.');
  cohort.answer(asked, { type: 'failed', error: 'no CRM' }, true);
  const many = (from: number) =>
    Array.from({ length: 2_000 }, (_, i) => happened(`${from + i}-${'x'.repeat(500)}`));
  cohort.accept(many(0), ENTRY + 2);
  cohort.accept([happened('answer', { step: 'handoff:owner', what: 'yes' })], ENTRY + 2);
  cohort.accept(many(2_000), ENTRY + 2);
  const state = cohort.state();
  expect(JSON.stringify(state).length).toBeLessThan(100_000);
  const kept = state.positions[0]?.waiting?.map(({ input }) => input) ?? [];
  expect(kept[0]).toEqual({ type: 'resumed' });
  expect(kept.some((input) => input.type === 'happened' && input.item.news?.what === 'yes')).toBe(
    true,
  );

  cohort.accept([{ type: 'retry', run: 'ana' }], ENTRY + 3);
  const [again] = cohort.takeRequests();
  if (again === undefined) throw new Error('Expected the handoff to be asked for again.');
  cohort.answer(again, { type: 'effect', answer: { verdict: 'done' } }, true);
  const [look] = cohort.takeRequests();
  expect(look?.request.type).toBe('decide');
});

test('who was parked as they entered stays so where the cohort begins again before the instant of the entry', () => {
  const settings = { tickMs: 1, spreadMs: 0, exact: true };
  const entry: CohortItem = {
    type: 'enrol',
    run: 'ana',
    lead: 'ana',
    plan: plan.hash,
    zone: 'UTC',
    at: ENTRY,
    chain: 20,
  };
  const cohort = new Cohort(() => plan, settings);
  cohort.accept([entry], ENTRY);
  const again = new Cohort(() => plan, settings);
  again.resume([...cohort.positions()], ENTRY - 1);
  again.wake(ENTRY);
  expect([...again.positions()]).toMatchObject([...cohort.positions()]);
  expect([...again.positions()][0]?.parked?.error).toContain('[runs-in-circles]');
  expect(again.takeRequests()).toEqual([]);
});
