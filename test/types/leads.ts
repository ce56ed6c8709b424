/** The leads, events and templates that the type fixtures share. */
import * as z from 'zod';
import { email, type EmailContext, event, html, lead } from '../../dsl/index.ts';

export const Lead = lead(
  z.object({
    email: z.email(),
    name: z.string(),
    country: z.enum(['ES', 'MX', 'AR']),
    company: z.string().optional(),
    employees: z.number().optional(),
  }),
);

/** Of another firm, or another part of this one. */
export const Account = lead(z.object({ plan: z.string() }));

export const PricingViewed = event('Pricing Viewed', z.object({ plan: z.enum(['basic', 'pro']) }));
export const MeetingBooked = event('Meeting Booked');

/** Reads nothing. */
export const plain = email('plain', {
  topic: 'nurture',
  subject: () => 'News',
  body: () => html`<p>News</p>`,
});

/** Reads what every lead has. */
export const intro = email('intro', {
  topic: 'nurture',
  subject: ({ lead: { name } }: EmailContext<{ name: string }>) => `Hola ${name}`,
  body: ({ lead: { name } }) => html`<p>Hola ${name}</p>`,
});

/** Reads what a lead may lack. */
export const caseStudy = email('case-study', {
  topic: 'nurture',
  subject: ({ lead: { company } }: EmailContext<{ company: string }>) => company,
  body: ({ lead: { company } }) => html`<p>${company}</p>`,
});

/** Reads what no lead has. */
export const renewal = email('renewal', {
  topic: 'nurture',
  subject: ({ lead: { contract } }: EmailContext<{ contract: string }>) => contract,
  body: ({ lead: { contract } }) => html`<p>${contract}</p>`,
});
