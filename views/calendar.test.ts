import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  compile,
  email,
  event,
  exit,
  html,
  journey,
  lead,
  onDay,
  sendEmail,
  setStage,
  tryCompile,
  until,
  waitDays,
  when,
} from '../dsl/index.ts';
import { threeMonthNurture } from '../examples/three-month-nurture/three-month-nurture.ts';
import { anyJourney } from '../test/any-journey.ts';
import { type Calendar, calendarOf } from './calendar.ts';

/** Indented: steps with when they are, ways and blocks with what is in them. */
const print = (items: Calendar, indent = ''): string[] =>
  items.flatMap((item) => [
    'block' in item
      ? `${indent}[${item.label}]`
      : `${indent}${item.when === null ? '' : `${item.when}: `}${item.label}`,
    ...('block' in item ? print(item.inside, `${indent}  `) : []),
    ...item.ways.flatMap(({ outcome, items: some, ends }) => [
      `${indent}- ${outcome}${ends ? ' (ends)' : ''}`,
      ...print(some, `${indent}  `),
    ]),
  ]);

test('the three-month example', () => {
  expect(print(calendarOf(compile(threeMonthNurture))).join('\n')).toMatchInlineSnapshot(`
    "[until pricing-viewed|demo-requested|guide-downloaded(phase=late)|score>70]
      day 1: email introduction
      day 10: email related-content
      day 15: email from-your-seller
      day 30: email whitepaper
      day 45: call check-in
      day 60: email webinars
      day 75: email demo-offer
      day 85: call meeting
      day 90: email proposal
    - met (ends)
      stage mql
      if had:demo-requested<7d
      - yes
      - no
        email demo-offer
      handoff to owner, 48 h
      - yes (ends)
        stage sql
      - maybe (ends)
        stage recycled
        enrol in recycled
      - never (ends)
        stage disqualified
      - late (ends)
        notify head-of-sales
    - notMet (ends)
      + 5 days: if score>40
      - yes (ends)
        stage mql
        handoff to owner, 48 h
        - yes (ends)
          stage sql
        - maybe (ends)
          stage recycled
          enrol in recycled
        - never (ends)
          stage disqualified
        - late (ends)
          notify head-of-sales
      - no (ends)
        stage recycled
        + 30 days: enrol in recycled"
  `);
});

const Lead = lead(z.object({ name: z.string() }));
const letter = (id: string) =>
  sendEmail(email(id, { class: 'transactional', subject: () => id, body: () => html`<p>Hi</p>` }));

test('branches that meet again, one that ends, blocks in blocks', () => {
  const plan = compile(
    journey('calendar', { lead: Lead }, [
      letter('a'),
      waitDays(2),
      when(event('X').happened(), { yes: [letter('b'), exit()], no: [onDay(5, letter('c'))] }),
      until(event('Y'), [until(event('Z'), [letter('d')], { met: [letter('e')] }), letter('f')], {
        notMet: [setStage('cold')],
      }),
      letter('g'),
      waitDays(3),
    ]),
  );
  expect(print(calendarOf(plan)).join('\n')).toMatchInlineSnapshot(`
    "email a
    + 2 days: if had:x
    - yes (ends)
      email b
      exit exit
    - no (ends)
      day 5: email c
      [until y]
        [until z]
          email d
        - met
          email e
        email f
      - notMet
        stage cold
      email g
      + 3 days: wait 3 days"
  `);
});

test('every step stands in the calendar, once', () => {
  fc.assert(
    fc.property(anyJourney, (any) => {
      const { plan } = tryCompile(any);
      fc.pre(plan !== undefined);
      const stepsIn = (items: Calendar): string[] =>
        items.flatMap((item) => [
          ...item.after,
          ...('block' in item ? [item.block, ...stepsIn(item.inside)] : [item.step]),
          ...item.ways.flatMap((way) => stepsIn(way.items)),
        ]);
      expect(stepsIn(calendarOf(plan)).toSorted()).toEqual(Object.keys(plan.nodes).toSorted());
    }),
  );
});
