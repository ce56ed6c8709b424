/** Day 90: something to say yes or no to. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';
import { signature } from './signature.ts';

const SMALL_SITE = 200;

const metersFor = ({ employees = 0 }: Pick<Lead, 'employees'>): string =>
  employees < SMALL_SITE ? 'five meters' : 'twelve meters';

export const proposal = email('proposal', {
  topic: 'nurture',
  subject: ({ lead }: EmailContext<Lead>) => `A proposal for ${lead.company}`,
  body: ({ lead, from }) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>
      Here is what I would do at ${lead.company}: ${metersFor(lead)}, six weeks, a fixed price, and
      your money back if the readings tell you nothing new.
    </p>
    <p>
      <a href="https://northvane.example/proposal">The proposal on one page</a>. If this is not the
      year for it, tell me so, and I shall leave you in peace.
    </p>
    ${signature(from)}
  `,
});
