/** Day 15: a letter from one person to another; no pictures, one question. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';
import { signature } from './signature.ts';

const SECTORS: Readonly<Record<Lead['sector'], string>> = {
  automotive: 'car parts',
  chemicals: 'chemical',
  food: 'food',
  logistics: 'cold storage',
  metals: 'metalworking',
  packaging: 'packaging',
  other: 'manufacturing',
};

export const fromYourSeller = email('from-your-seller', {
  topic: 'nurture',
  subject: ({ lead }: EmailContext<Lead>) => `A question about ${lead.company}`,
  body: ({ lead, from }) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>
      I look after ${SECTORS[lead.sector]} plants at Northvane, so if you ever need a person here,
      it is me.
    </p>
    <p>
      May I ask one thing: when your energy bill goes up, who finds out why, and how long does it
      take? A line is enough. I read every answer myself.
    </p>
    ${signature(from)}
  `,
});
