/** Day 75, or as soon as a lead looks ready: the seller offers to show it. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';
import { signature } from './signature.ts';

export const demoOffer = email('demo-offer', {
  topic: 'nurture',
  subject: ({ lead }: EmailContext<Lead>) => `Twenty minutes with a plant like ${lead.company}`,
  body: ({ lead, from }) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>
      The quickest way to see whether this fits ${lead.company} is to look at a plant of your size
      that has had our meters for a year. I can show you one, live, in twenty minutes.
    </p>
    <p>
      <a href="https://northvane.example/meet">Pick a time</a>, or answer with one that suits you.
    </p>
    ${signature(from)}
  `,
});
