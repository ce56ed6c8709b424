import {
  handoffToSales,
  hours,
  ifScoreAbove,
  journey,
  onDay,
  owner,
  sendEmail,
  until,
  weekdays,
} from 'cultivo';
import { Lead, MeetingBooked, TrialStarted } from './nouns.ts';
import { invitation, tips, welcome } from './emails.ts';

const trial = { lead: Lead, enter: TrialStarted, sendWindow: weekdays('09:00', '18:00') };

export default journey('trial-nurture', trial, [
  until(
    MeetingBooked,
    [onDay(1, sendEmail(welcome)), onDay(4, sendEmail(tips)), onDay(10, sendEmail(invitation))],
    {
      notMet: [ifScoreAbove(50, { yes: [handoffToSales({ to: owner, sla: hours(48) })] })],
    },
  ),
]);
