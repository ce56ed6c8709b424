/** The leads, events and templates that the files about types share. */
import * as z from 'zod';
import { email, type EmailContext, event, html, lead } from '../../dsl/index.ts';

export const Lead = lead(
  z.object({
    email: z.email(),
    name: z.string(),
    country: z.enum(['ES', 'MX', 'AR']),
    company: z.string().optional(),
    employees: z.number().optional(),
    interests: z.array(z.string()).optional(),
  }),
);

/** The model of another journey. */
export const Account = lead(z.object({ plan: z.string() }));

export const PricingViewed = event('Pricing Viewed', z.object({ plan: z.enum(['basic', 'pro']) }));
export const MeetingBooked = event('Meeting Booked');

const body = () => html`<p>Hola</p>`;

export const readsNothing = email('reads-nothing', {
  topic: 'nurture',
  subject: () => 'News',
  body,
});

export const readsName = email('reads-name', {
  topic: 'nurture',
  subject: ({ lead: { name } }: EmailContext<{ name: string }>) => `Hola ${name}`,
  body,
});

export const readsEmail = email('reads-email', {
  topic: 'nurture',
  subject: ({ lead }: EmailContext<{ email: string }>) => `For ${lead.email}`,
  body,
});

/** A lead may lack it. */
export const readsCompany = email('reads-company', {
  topic: 'nurture',
  subject: ({ lead: { company } }: EmailContext<{ company: string }>) => `For ${company}`,
  body,
});

/** No lead has it. */
export const readsContract = email('reads-contract', {
  topic: 'nurture',
  subject: ({ lead: { contract } }: EmailContext<{ contract: string }>) => `About ${contract}`,
  body,
});
