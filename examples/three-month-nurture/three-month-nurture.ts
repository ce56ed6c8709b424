/** Nine touches in ninety days, and a short cut for those who are ready sooner. */
import {
  after,
  any,
  callTask,
  colleague,
  days,
  enrolIn,
  handoffToSales,
  hours,
  ifScoreAbove,
  journey,
  notify,
  onDay,
  owner,
  score,
  sendEmail,
  setStage,
  until,
  waitDays,
  weekdays,
  when,
} from 'cultivo';
import {
  BecameCustomer,
  DemoRequested,
  FormSubmitted,
  GuideDownloaded,
  MeetingBooked,
  PricingViewed,
} from './events.ts';
import { Lead } from './lead.ts';
import { recycled } from './recycled.ts';
import {
  demoOffer,
  fromYourSeller,
  introduction,
  proposal,
  relatedContent,
  webinars,
  whitepaper,
} from './templates/index.ts';

/** Whoever does one of these need not wait for day 90. */
const lateStage = any(
  PricingViewed,
  DemoRequested,
  GuideDownloaded.with({ phase: 'late' }),
  score.above(70),
);

/** A step is a value: this one stands in the journey twice. */
const handoff = handoffToSales({
  to: owner,
  sla: hours(48),
  yes: [setStage('sql')],
  maybe: [setStage('recycled'), enrolIn(recycled)],
  never: [setStage('disqualified')],
  late: [notify(colleague('head-of-sales'), { text: 'A ready lead has waited for 48 hours.' })],
});

export const threeMonthNurture = journey(
  'three-month-nurture',
  {
    lead: Lead,
    enter: FormSubmitted.with({ form: 'contact' }),
    reenter: after(days(180)),
    goal: MeetingBooked,
    exit: BecameCustomer,
    sendWindow: weekdays('09:00', '18:00'), // in the lead's own time zone
  },
  [
    until(
      lateStage,
      [
        onDay(1, sendEmail(introduction)),
        onDay(10, sendEmail(relatedContent)),
        onDay(15, sendEmail(fromYourSeller, { from: owner })),
        onDay(30, sendEmail(whitepaper)),
        onDay(45, callTask('check-in', { by: owner })),
        onDay(60, sendEmail(webinars)),
        onDay(75, sendEmail(demoOffer, { from: owner })),
        onDay(85, callTask('meeting', { by: owner })),
        onDay(90, sendEmail(proposal, { from: owner })),
      ],
      {
        id: 'programme',
        met: [
          setStage('mql'),
          // Nobody is offered what they have just asked for.
          when(DemoRequested.happened({ within: days(7) }), {
            id: 'has-asked',
            no: [sendEmail(demoOffer, { from: owner })],
          }),
          handoff,
        ],
        notMet: [
          waitDays(5), // for an answer to the proposal
          ifScoreAbove(40, {
            yes: [setStage('mql'), handoff],
            no: [setStage('recycled'), waitDays(30), enrolIn(recycled)],
          }),
        ],
      },
    ),
  ],
);
