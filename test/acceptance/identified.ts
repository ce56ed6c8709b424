/** What somebody did before it was known who they are: news to their journeys at the instant at which it is. */
import { expect } from 'vitest';
import * as z from 'zod';
import {
  check,
  days,
  event,
  journey,
  sendEmail,
  setStage,
  type Step,
  step,
  until,
  waitDays,
  waitFor,
  when,
} from '../../dsl/index.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import {
  type AcceptanceScenario,
  ana,
  Lead,
  letter,
  type Playing,
  type Profile,
} from './scenario.ts';

const Pricing = event('Pricing Viewed');
const Unsubscribed = event('Email Unsubscribed', z.object({ topic: z.string() }));
const Identified = event('Identified');

const from = '2026-03-02T10:00';
const onLaptop = { device: 'laptop' };
/** On the second day by nobody knows whom; on the fourth it is known. */
const viewedThenKnown = [
  at(day(2, '12:00'), Pricing(), onLaptop),
  at(day(4, '09:00'), Identified(), onLaptop),
];

const play = (
  steps: readonly Step<Profile>[],
  { host, cohortSize }: Playing,
  rules: { readonly goal?: typeof Pricing } = {},
  behaviour = viewedThenKnown,
) =>
  rehearse(
    journey('known', { lead: Lead, ...rules }, steps),
    { lead: ana(), from, cohortSize, behaviour },
    host,
  );

export const identified: readonly AcceptanceScenario[] = [
  {
    name: 'what they waited for is met, if it came after the step began or since the entry',
    run: async (playing) => {
      const waiting = waitFor(Pricing, {
        upTo: days(10),
        yes: [setStage('seen')],
        no: [setStage('unseen')],
      });
      expect(await play([waiting], playing)).toRead(`
        Thu  5 Mar 09:00  stage seen
        Thu  5 Mar 09:00  end: completed`);
      expect(await play([waitDays(2), waiting], playing)).toRead(`
        Sat 14 Mar 10:00  stage unseen
        Sat 14 Mar 10:00  end: completed`);
      const sinceEntry = waitFor(Pricing, {
        upTo: days(10),
        since: 'entry',
        yes: [setStage('seen')],
      });
      expect(await play([waitDays(2), sinceEntry], playing)).toRead(`
        Thu  5 Mar 09:00  stage seen
        Thu  5 Mar 09:00  end: completed`);
    },
  },
  {
    name: 'a block is left and a goal is met',
    run: async (playing) => {
      const block = until(Pricing, [waitDays(5), sendEmail(letter('late'))], {
        met: [setStage('seen')],
      });
      expect(await play([block], playing)).toRead(`
        Thu  5 Mar 09:00  stage seen
        Thu  5 Mar 09:00  end: completed`);
      const letters = [waitDays(5), sendEmail(letter('late'))];
      expect(await play(letters, playing, { goal: Pricing })).toRead(`
        Thu  5 Mar 09:00  end: goal`);
    },
  },
  {
    name: 'own code is given the lead, where a visitor was there before them',
    run: async (playing) => {
      const names: string[] = [];
      const steps = [
        waitDays(4),
        step('greet', ({ lead }: { lead: { name: string } }) => void names.push(lead.name)),
        when(
          check('is-ana', ({ lead }: { lead: { name: string } }) => lead.name === 'Ana'),
          {
            yes: [setStage('ana')],
            no: [setStage('nobody')],
          },
        ),
        sendEmail(letter('hello')),
      ];
      const before = [
        at('2026-03-01T09:00', Pricing(), onLaptop),
        at(day(3, '09:00'), Identified(), onLaptop),
      ];
      expect(await play(steps, playing, {}, before)).toRead(`
        Fri  6 Mar 10:00  stage ana
        Fri  6 Mar 10:00  email hello
        Fri  6 Mar 10:00  end: completed`);
      expect(new Set(names)).toEqual(new Set(['Ana']));
    },
  },
  {
    name: 'a topic that the visitor left stays left',
    run: async (playing) => {
      const left = [
        at(day(2, '09:00'), Unsubscribed({ topic: 'nurture' }), onLaptop),
        at(day(2, '12:00'), Identified(), onLaptop),
      ];
      const letters = [sendEmail(letter('first')), waitDays(2), sendEmail(letter('second'))];
      expect(await play(letters, playing, {}, left)).toRead(`
        Mon  2 Mar 10:00  email first
        Wed  4 Mar 10:00  skipped email second: unsubscribed from nurture
        Wed  4 Mar 10:00  end: completed`);
    },
  },
];
