/** For recycled leads who answer for a budget: the money, and nothing else. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';

export const costCase = email('cost-case', {
  topic: 'nurture',
  subject: () => 'The cost of not knowing, worked out',
  body: ({ lead }: EmailContext<Lead>) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>
      When the time was not right for a project, the question behind it often stays: what does it
      cost to wait? <a href="https://northvane.example/calculator">This sheet</a> works it out from
      four figures on your last bill.
    </p>
    <p>The people at Northvane</p>
  `,
});
