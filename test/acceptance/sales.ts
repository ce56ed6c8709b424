/** Handoffs: yes, maybe, never, late, and an answer at the very end of the SLA. */
import { expect } from 'vitest';
import {
  colleague,
  enrolIn,
  handoffToSales,
  hours,
  journey,
  notify,
  owner,
  sendEmail,
  setStage,
  waitDays,
} from '../../dsl/index.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { salesAnswers, type SalesTeam } from '../../rehearsal/sales-team.ts';
import { type AcceptanceScenario, ana, Lead, letter, type Playing } from './scenario.ts';

const rest = journey('rest', { lead: Lead }, [waitDays(3), sendEmail(letter('still-here'))]);
const recycled = journey('recycled', { lead: Lead }, [
  waitDays(14),
  sendEmail(letter('news')),
  enrolIn(rest),
  enrolIn(rest, { id: 'again' }),
]);

const toSales = journey('to-sales', { lead: Lead }, [
  sendEmail(letter('offer')),
  handoffToSales({
    to: owner,
    sla: hours(48),
    yes: [setStage('sql')],
    maybe: [enrolIn(recycled)],
    never: [setStage('disqualified')],
    late: [notify(colleague('boss'))],
  }),
]);

const play = ({ host, cohortSize }: Playing, sales?: SalesTeam) =>
  rehearse(
    toSales,
    {
      lead: ana(),
      from: '2026-03-02T10:00',
      cohortSize,
      config: {
        journeys: [recycled, rest],
        team: [{ id: 'boss', name: 'Eva', email: 'eva@sol.example' }],
        assignOwner: ['boss'],
      },
      ...(sales === undefined ? {} : { sales }),
    },
    host,
  );

const handedOver = `
  Mon  2 Mar 10:00  email offer
  Mon  2 Mar 10:00  handoff to owner, 48 h`;

export const salesScenarios: readonly AcceptanceScenario[] = [
  {
    name: 'sales says yes',
    run: async (playing) => {
      expect(await play(playing, salesAnswers('yes', { after: hours(5) }))).toRead(`${handedOver}
  Mon  2 Mar 15:00  sales: yes
  Mon  2 Mar 15:00  stage sql
  Mon  2 Mar 15:00  end: completed`);
    },
  },
  {
    name: 'sales says maybe, and one journey leads to the next',
    run: async (playing) => {
      expect(await play(playing, salesAnswers('maybe', { after: hours(26) }))).toRead(`${handedOver}
  Tue  3 Mar 12:00  sales: maybe
  Tue  3 Mar 12:00  enrol in recycled
  Tue  3 Mar 12:00  end: completed
  Tue 17 Mar 12:00  recycled: email news
  Tue 17 Mar 12:00  recycled: enrol in rest
  Tue 17 Mar 12:00  rest: not entered: in-journey
  Tue 17 Mar 12:00  recycled: skipped enrol in rest: in-journey
  Tue 17 Mar 12:00  recycled: end: completed
  Fri 20 Mar 12:00  rest: email still-here
  Fri 20 Mar 12:00  rest: end: completed`);
    },
  },
  {
    name: 'sales says never',
    run: async (playing) => {
      expect(await play(playing, salesAnswers('never', { after: hours(1) }))).toRead(`${handedOver}
  Mon  2 Mar 11:00  sales: never
  Mon  2 Mar 11:00  stage disqualified
  Mon  2 Mar 11:00  end: completed`);
    },
  },
  {
    name: 'sales says nothing: the SLA escalates',
    run: async (playing) => {
      expect(await play(playing)).toRead(`${handedOver}
  Wed  4 Mar 10:00  escalation to owner
  Wed  4 Mar 10:00  notify boss
  Wed  4 Mar 10:00  end: completed`);
    },
  },
  {
    name: 'an answer at the very end of the SLA is in time, one after it is not',
    run: async (playing) => {
      expect(await play(playing, salesAnswers('yes', { after: hours(48) }))).toRead(`${handedOver}
  Wed  4 Mar 10:00  sales: yes
  Wed  4 Mar 10:00  stage sql
  Wed  4 Mar 10:00  end: completed`);
      expect(await play(playing, salesAnswers('yes', { after: hours(49) }))).toRead(`${handedOver}
  Wed  4 Mar 10:00  escalation to owner
  Wed  4 Mar 10:00  notify boss
  Wed  4 Mar 10:00  end: completed
  Wed  4 Mar 11:00  sales: yes`);
    },
  },
];
