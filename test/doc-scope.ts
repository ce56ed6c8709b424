/** What examples in docstrings may name without declaring it: what authors import, and a few names. */
import * as z from 'zod';
import { email, event, html, lead, points, scoring, days } from '../dsl/index.ts';

export { z };
export * from '../dsl/index.ts';

export const Lead = lead(
  z.object({
    name: z.string(),
    country: z.string().optional(),
    employees: z.number().optional(),
    role: z.string().optional(),
    tier: z.string().optional(),
  }),
);
export const FormSubmitted = event('Form Submitted', z.object({ form: z.string() }));
export const PricingViewed = event('Pricing Viewed', z.object({ plan: z.string() }));
export const MeetingBooked = event('Meeting Booked');
export const EmailOpened = event('Email Opened');
export const intro = email('intro', {
  topic: 'nurture',
  subject: () => 'Hola',
  body: () => html`<p>Hola</p>`,
});
export const model = scoring({
  fit: [points(20, { while: Lead.is({ role: 'manager' }) })],
  engagement: [points(15, { on: PricingViewed, halfLife: days(30), atMost: 45 })],
});
