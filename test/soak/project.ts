/** What the soak's people are in: every kind of wait, race, touch and end, in seconds instead of days. */
import * as z from 'zod';
import {
  always,
  composeProject,
  email,
  type EmailContext,
  enrolIn,
  event,
  handoffToSales,
  html,
  journey,
  lead,
  minutes,
  never,
  owner,
  resend,
  sendEmail,
  until,
  waitDays,
  waitFor,
  waitHours,
} from '../../dsl/index.ts';

export const TOPIC = 'nurture';
/** At most so many marketing e-mails in any such span; one too many is put off. */
export const CAP = { atMost: 4, perMs: 60_000 };
/** Where links in e-mails begin. */
export const PUBLIC_URL = 'https://soak.example';
/** The step at whose wait people may stand in the end. */
export const LONG_WAIT = 'long-wait';

const seconds = (count: number) => minutes(count / 60);
const wait = (count: number, id: string) => waitHours(count / 3_600, { id });

const Lead = lead(z.object({ name: z.string(), email: z.email() }));
const letter = (id: string, isReceipt = false) =>
  sendEmail(
    email(id, {
      ...(isReceipt ? { class: 'transactional' as const } : { topic: TOPIC }),
      subject: ({ lead: { name } }: EmailContext<{ name: string }>) => `${id} for ${name}`,
      body: ({ lead: { name } }) => html`<p>Hello ${name}</p>`,
    }),
  );

const later = journey('later', { lead: Lead, reenter: always, cohortSize: 20 }, [
  wait(5, 'short'),
  letter('later-1'),
  waitDays(30, { id: LONG_WAIT }),
  letter('later-2'),
]);

const trial = journey(
  'trial',
  {
    lead: Lead,
    reenter: never,
    enter: event('Trial Started'),
    goal: event('Purchased'),
    exit: event('Trial Cancelled'),
  },
  [
    letter('trial-intro'),
    waitFor(event('Guide Opened'), {
      upTo: seconds(20),
      yes: [letter('trial-guide')],
      no: [letter('trial-reminder')],
    }),
    until(
      event('Meeting Booked'),
      [wait(12, 'first'), letter('trial-more'), wait(12, 'second'), letter('trial-last')],
      {
        met: [
          handoffToSales({
            to: owner,
            sla: seconds(45),
            yes: [letter('trial-contract', true)],
            late: [letter('trial-sorry', true)],
          }),
        ],
        notMet: [enrolIn(later)],
      },
    ),
  ],
);

const webinar = journey(
  'webinar',
  { lead: Lead, reenter: always, enter: event('Webinar Joined'), cohortSize: 50 },
  [
    letter('webinar-thanks', true),
    wait(8, 'pause'),
    letter('webinar-slides'),
    waitFor(event('Question Asked'), { upTo: seconds(15), yes: [letter('webinar-answer')] }),
  ],
);

export const project = composeProject({
  journeys: [trial, webinar, later],
  lead: Lead,
  brand: {
    name: 'Sol',
    email: 'hola@sol.example',
    postalAddress: 'Calle 1, Madrid',
    publicUrl: PUBLIC_URL,
  },
  messaging: { email: resend() },
  team: [{ id: 'marta', name: 'Marta', email: 'marta@sol.example' }],
  assignOwner: ['marta'],
  topics: { [TOPIC]: { consent: 'opt-out' } },
  caps: [
    {
      channel: 'email',
      class: 'marketing',
      atMost: CAP.atMost,
      per: { ms: CAP.perMs, label: '1m' },
      outcome: 'defer',
    },
  ],
  spread: seconds(2),
  tick: seconds(1),
});
