/** Day 30: figures for those who must convince somebody else. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';

export const whitepaper = email('whitepaper', {
  topic: 'nurture',
  subject: () => 'What 40 plants saved in their first year, and what they did not',
  body: ({ lead }: EmailContext<Lead>) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>
      We asked forty customers for their meter readings and their bills, and put both side by side.
      Thirty-one saved more than the meters had cost. Nine did not, and the paper says why.
    </p>
    <p>
      <a href="https://northvane.example/papers/first-year">The first year, in twelve pages</a>. No
      form to fill in: you have done that once.
    </p>
    <p>The people at Northvane</p>
  `,
});
