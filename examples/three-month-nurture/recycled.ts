/** A second chance for leads whom sales sends back, or who stayed quiet: few mails, chosen by role. */
import {
  after,
  any,
  days,
  handoffToSales,
  hours,
  journey,
  oneOf,
  owner,
  sendEmail,
  setStage,
  waitDays,
  waitFor,
  weekdays,
  when,
} from 'cultivo';
import { BecameCustomer, DemoRequested, MeetingBooked, PricingViewed } from './events.ts';
import { Lead } from './lead.ts';
import { costCase, fieldReport, stillHere } from './templates/index.ts';

const interest = any(PricingViewed, DemoRequested, costCase.clicked(), fieldReport.clicked());

export const recycled = journey(
  'recycled',
  {
    lead: Lead, // no `enter`: people come by `enrolIn` alone
    reenter: after(days(180)),
    goal: MeetingBooked,
    exit: BecameCustomer,
    sendWindow: weekdays('09:00', '18:00'),
  },
  [
    waitDays(14),
    when(Lead.is({ role: oneOf('executive', 'plant-manager') }), {
      id: 'holds-a-budget',
      yes: [sendEmail(costCase)],
      no: [sendEmail(fieldReport)],
    }),
    waitFor(interest, {
      id: 'interest',
      upTo: days(30),
      yes: [
        handoffToSales({
          to: owner,
          sla: hours(48),
          yes: [setStage('sql')],
          never: [setStage('disqualified')],
        }),
      ],
      no: [sendEmail(stillHere, { from: owner })],
    }),
  ],
);
