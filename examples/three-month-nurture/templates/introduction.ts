/** Day 1: who we are, and what will come. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';

export const introduction = email('introduction', {
  topic: 'nurture',
  subject: ({ lead }: EmailContext<Lead>) => `Where does the energy go at ${lead.company}?`,
  body: ({ lead }) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>
      Thank you for writing to us. Most plants that we meet know their energy bill to the cent and
      cannot say which machine caused it. Northvane puts a meter on each of them, and the answer on
      one page.
    </p>
    <p>
      <a href="https://northvane.example/first-week">What the first week with meters shows</a> takes
      four minutes to read. About twice a month we shall send you something as short, and nothing
      else.
    </p>
    <p>The people at Northvane</p>
  `,
});
