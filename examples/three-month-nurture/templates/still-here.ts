/** The last mail to a recycled lead: the seller closes the file and says that they may come back. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';
import { signature } from './signature.ts';

export const stillHere = email('still-here', {
  topic: 'nurture',
  subject: () => 'I am closing your file',
  body: ({ lead, from }: EmailContext<Lead>) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>
      I shall not write again unless you do. Should the next bill raise a question, this address
      still reaches me.
    </p>
    ${signature(from)}
  `,
});
