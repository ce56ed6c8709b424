/** The journey's e-mails: any lead with a name can be sent them. */
import { email, type EmailContext, html } from 'cultivo';

type Named = EmailContext<{ name: string }>;

const letter = (id: string, subject: string, text: string) =>
  email(id, {
    topic: 'product',
    subject: ({ lead }: Named) => `${lead.name}, ${subject}`,
    body: ({ lead }) =>
      html`<p>Hello ${lead.name},</p>
        <p>${text}</p>`,
  });

export const welcome = letter(
  'welcome',
  'your trial has begun',
  'Create a project to see it work.',
);
export const tips = letter('tips', 'three things to try', 'Most teams begin with these.');
export const invitation = letter('invitation', 'shall we talk?', 'Half an hour is enough.');
