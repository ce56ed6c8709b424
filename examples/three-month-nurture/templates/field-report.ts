/** For recycled leads who work with the machines: how somebody else did it. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';

export const fieldReport = email('field-report', {
  topic: 'nurture',
  subject: () => 'Forty metres of cable and one free Saturday',
  body: ({ lead }: EmailContext<Lead>) => html`
    <p>Hello ${firstName(lead.name)},</p>
    <p>
      An engineer at a bottling plant wrote down how she fitted her first five meters, with pictures
      of everything that went wrong.
      <a href="https://northvane.example/field-report">Her report</a> is the one that we give to our
      own people.
    </p>
    <p>The people at Northvane</p>
  `,
});
