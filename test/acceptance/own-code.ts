/** The author's own code, also when it fails at first; the journey's own writes, heard by itself and by others. */
import { expect } from 'vitest';
import {
  check,
  hours,
  journey,
  sendEmail,
  setField,
  setStage,
  step,
  until,
  waitDays,
  waitFor,
  when,
} from '../../dsl/index.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { type AcceptanceScenario, ana, Lead, letter } from './scenario.ts';

interface Addressed {
  readonly name: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** As careless authors write it into errors. */
const told = ({ name, email, phone }: Addressed): string => `${name} <${email}>, ${phone}`;

const from = '2026-03-02T10:00';

export const ownCode: readonly AcceptanceScenario[] = [
  {
    name: 'own code that fails twice works the third time, under one key',
    run: async ({ host, cohortSize }) => {
      const keys: string[] = [];
      let asked = 0;
      const own = journey('own', { lead: Lead }, [
        waitDays(1),
        step('print-card', ({ lead, key }: { lead: Addressed; key: string }) => {
          keys.push(`${lead.name} ${key}`);
          if (keys.length < 3) throw new Error(`The printer has no card for ${told(lead)}.`);
        }),
        when(
          check('likes-cards', ({ lead }: { lead: Addressed }) => {
            asked += 1;
            if (asked < 2) throw new Error('Not now.', { cause: told(lead) });
            return lead.name === 'Ana';
          }),
          { yes: [sendEmail(letter('card'))], no: [sendEmail(letter('no-card'))] },
        ),
        waitDays(1),
        sendEmail(letter('last')),
      ]);
      expect(await rehearse(own, { lead: ana(), from, cohortSize }, host)).toRead(`
        Tue  3 Mar 10:00  email card
        Wed  4 Mar 10:00  email last
        Wed  4 Mar 10:00  end: completed`);
      expect(keys).toHaveLength(3);
      expect(new Set(keys).size).toBe(1);
      expect(asked).toBe(2);
    },
  },
  {
    name: 'a wait hears what its own journey has written',
    run: async ({ host, cohortSize }) => {
      const gold = journey('gold', { lead: Lead }, [
        setField({ tier: 'gold' }),
        waitFor(Lead.is({ tier: 'gold' }), {
          upTo: hours(1),
          yes: [sendEmail(letter('gold'))],
          no: [sendEmail(letter('plain'))],
        }),
      ]);
      expect(await rehearse(gold, { lead: ana(), from, cohortSize }, host)).toRead(`
        Mon  2 Mar 10:00  set tier
        Mon  2 Mar 10:00  email gold
        Mon  2 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'an until and a goal around a write hear it too',
    run: async ({ host, cohortSize }) => {
      const around = journey('around', { lead: Lead, goal: Lead.is({ stage: 'customer' }) }, [
        until(
          Lead.is({ tier: 'gold' }),
          [setField({ tier: 'gold' }), waitDays(2), sendEmail(letter('never'))],
          { met: [waitDays(1), setStage('customer'), waitDays(5), sendEmail(letter('never-2'))] },
        ),
      ]);
      expect(await rehearse(around, { lead: ana(), from, cohortSize }, host)).toRead(`
        Mon  2 Mar 10:00  set tier
        Tue  3 Mar 10:00  stage customer
        Tue  3 Mar 10:00  end: goal`);
    },
  },
  {
    name: 'another journey of the same person hears it, and it may bring them in',
    run: async ({ host, cohortSize }) => {
      const writer = journey('writer', { lead: Lead }, [
        waitDays(3),
        setField({ tier: 'gold' }),
        waitDays(30),
      ]);
      const listener = journey('listener', { lead: Lead, enter: Lead.is({ tier: 'gold' }) }, [
        sendEmail(letter('welcome-gold')),
      ]);
      const config = { journeys: [listener] };
      expect(await rehearse(writer, { lead: ana(), from, cohortSize, config }, host)).toRead(`
        Thu  5 Mar 10:00  set tier
        Thu  5 Mar 10:00  listener: email welcome-gold
        Thu  5 Mar 10:00  listener: end: completed
        Sat  4 Apr 10:00  end: completed`);
    },
  },
];
