/** What the journey writes. Each e-mail names the fields that it reads, and fits every lead that has them. */
import { email, type EmailContext, html } from 'cultivo';

type Named = EmailContext<{ name: string }>;

export const welcome = email('welcome', {
  topic: 'product',
  subject: ({ lead }: Named) => `${lead.name}, your trial has begun`,
  body: ({ lead }) => html`
    <p>Hello ${lead.name},</p>
    <p>
      Four weeks are yours to try everything. Most people begin with
      <a href="https://example.com/first-steps">these three steps</a>.
    </p>
  `,
});

export const invitation = email('invitation', {
  topic: 'product',
  subject: ({ lead }: Named) => `Shall we talk, ${lead.name}?`,
  body: ({ lead }) => html`
    <p>Hello ${lead.name},</p>
    <p>
      Half an hour is enough to see what the trial could do for you.
      <a href="https://example.com/meeting">Pick a time that suits you</a>.
    </p>
  `,
});
