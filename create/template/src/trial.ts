/** Four weeks of trial: two e-mails, and sales for those who book a meeting or are ready at the end. */
import {
  everyDay,
  handoffToSales,
  hours,
  ifScoreAbove,
  journey,
  onDay,
  owner,
  sendEmail,
  setStage,
  until,
  waitDays,
} from 'cultivo';
import { invitation, welcome } from './emails.ts';
import { MeetingBooked, TrialStarted } from './events.ts';
import { Lead } from './lead.ts';

const handoff = handoffToSales({ to: owner, sla: hours(48), yes: [setStage('customer')] });

export const trial = journey(
  'trial',
  { lead: Lead, enter: TrialStarted, sendWindow: everyDay('08:00', '20:00') },
  [
    until(
      MeetingBooked,
      [onDay(1, sendEmail(welcome)), onDay(15, sendEmail(invitation)), waitDays(14)],
      {
        met: [handoff],
        notMet: [ifScoreAbove(40, { yes: [handoff], no: [setStage('recycled')] })],
      },
    ),
  ],
);
