/** Day 60: three evenings with people who run plants. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';

export const webinars = email('webinars', {
  topic: 'nurture',
  subject: () => 'Three plants open their books',
  body: ({ lead }: EmailContext<Lead>) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>Three customers show their own figures, half an hour each, questions welcome:</p>
    <ul>
      <li>a dairy that moved its cooling to the night;</li>
      <li>a foundry that found one furnace idling every weekend;</li>
      <li>a packaging plant on its way through ISO 50001.</li>
    </ul>
    <p><a href="https://northvane.example/webinars">Dates and places</a></p>
    <p>The people at Northvane</p>
  `,
});
