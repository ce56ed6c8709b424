/** The programme of nine touches in ninety days, and its lead: shared by tests and benchmarks. */
import * as z from 'zod';
import {
  any,
  callTask,
  email,
  type EmailContext,
  event,
  html,
  ifScoreAbove,
  journey,
  lead,
  onDay,
  owner,
  score,
  sendEmail,
  until,
  hours,
  handoffToSales,
  waitDays,
} from '../dsl/index.ts';
import { persona } from '../rehearsal/persona.ts';

export const Lead = lead(
  z.object({
    name: z.string(),
    email: z.email(),
    phone: z.string().optional(),
    timezone: z.string().optional(),
    country: z.enum(['ES', 'MX', 'US']).optional(),
  }),
);

export const letter = (id: string) =>
  email(id, {
    topic: 'nurture',
    subject: ({ lead: { name } }: EmailContext<{ name: string }>) => `${id} for ${name}`,
    body: ({ lead: { name } }) => html`<p>Hola ${name}</p>`,
  });

const touches = [
  onDay(1, sendEmail(letter('intro'))),
  onDay(10, sendEmail(letter('related'))),
  onDay(15, sendEmail(letter('from-seller'), { from: owner })),
  onDay(30, sendEmail(letter('whitepaper'))),
  onDay(45, callTask('check-in', { by: owner })),
  onDay(60, sendEmail(letter('webinars'))),
  onDay(75, sendEmail(letter('demo'), { from: owner })),
  onDay(85, callTask('meeting', { by: owner })),
  onDay(90, sendEmail(letter('proposal'))),
];

/** Nine touches and nothing else. */
export const nineTouches = journey('nine-touches', { lead: Lead }, touches);

export const PricingViewed = event('Pricing Viewed', z.object({ plan: z.string() }));

/** The same touches in a race with interest. */
export const racedTouches = journey('raced-touches', { lead: Lead }, [
  until(any(PricingViewed, score.above(70)), touches, {
    met: [sendEmail(letter('demo-now')), handoffToSales({ to: owner, sla: hours(48) })],
    notMet: [
      ifScoreAbove(40, {
        yes: [handoffToSales({ to: owner, sla: hours(48) })],
        no: [waitDays(30)],
      }),
    ],
  }),
]);

export const ana = persona(
  Lead,
  {
    name: 'Ana',
    email: 'ana@example.com',
    phone: '+34 600 000 000',
    timezone: 'Europe/Madrid',
    country: 'ES',
  },
  { id: 'ana' },
);
