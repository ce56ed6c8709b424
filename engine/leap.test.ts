import { expect, test } from 'vitest';
import * as z from 'zod';
import { compile, event, hours, journey, lead, setStage, waitDays, waitFor } from '../dsl/index.ts';
import { Cohort } from './cohort.ts';

const ENTRY = Date.UTC(2026, 2, 2, 10);
const plan = compile(
  journey('leaps', { lead: lead(z.object({ name: z.string() })) }, [
    waitDays(9),
    setStage('a'),
    waitFor(event('Booked'), { upTo: hours(48), no: [setStage('b')] }),
  ]),
);

test('a leap ends the wait in which somebody stands, and nothing else', () => {
  const cohort = new Cohort(() => plan, { tickMs: 1, spreadMs: 0, exact: true });
  const entry = {
    type: 'enrol',
    run: 'ana',
    lead: 'ana',
    plan: plan.hash,
    zone: 'UTC',
    at: ENTRY,
  } as const;
  const leap = (now: number) => cohort.accept([{ type: 'leap', run: 'ana' }], now);
  cohort.accept([entry], ENTRY);
  expect(cohort.nextWake()).toBe(ENTRY + 9 * 86_400_000);
  leap(ENTRY + 5);
  const [asked] = cohort.takeRequests();
  expect(asked).toMatchObject({ at: ENTRY + 5, request: { effect: { stage: 'a' } } });
  // While it waits for an answer there is nothing to leap over.
  leap(ENTRY + 6);
  expect(cohort.takeRequests()).toEqual([]);
  if (asked === undefined) throw new Error('Expected a request.');
  cohort.answer(asked, { type: 'effect', answer: { verdict: 'done' } }, true);
  leap(ENTRY + 7);
  const [question] = cohort.takeRequests();
  expect(question?.request.type).toBe('decide');
  leap(ENTRY + 8);
  cohort.accept([{ type: 'leap', run: 'nobody' }], ENTRY + 8);
  expect(cohort.takeRequests()).toEqual([]);
});

test('what follows a leap is hurried until the next wait begins', () => {
  const cohort = new Cohort(() => plan, { tickMs: 1, spreadMs: 0, exact: true });
  const at = ENTRY;
  cohort.accept([{ type: 'enrol', run: 'ana', lead: 'ana', plan: plan.hash, zone: 'UTC', at }], at);
  cohort.accept([{ type: 'leap', run: 'ana' }], ENTRY + 5);
  const [asked] = cohort.takeRequests();
  expect(asked?.run.leapt).toBe(true);
  if (asked === undefined) throw new Error('Expected a request.');
  cohort.answer(asked, { type: 'effect', answer: { verdict: 'done' } }, true);
  expect([...cohort.positions()].map(({ run }) => run.leapt)).toEqual([undefined]);
});
