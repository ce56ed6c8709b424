/** What authors' tests know of mail, and what may happen in mid-story. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  email,
  type EmailContext,
  handoffToSales,
  hours,
  html,
  journey,
  lead,
  onDay,
  owner,
  sendEmail,
  setStage,
} from '../dsl/index.ts';
import {
  at,
  day,
  identifies,
  persona,
  rehearse,
  rendered,
  salesAnswer,
  storyMatchers,
  unsubscribes,
} from './index.ts';

expect.extend(storyMatchers);

const Lead = lead(z.object({ name: z.string(), email: z.email(), city: z.string().optional() }));
type Reads = EmailContext<{ name: string; city?: string | undefined }>;
const hello = email('hello', {
  topic: 'news',
  subject: ({ lead: { name } }: Reads) => `Hello ${name}`,
  body: ({ lead: { city } }: Reads) => html`<p>How is ${city ?? 'your town'}?</p>`,
});
const nurture = journey('nurture', { lead: Lead }, [
  onDay(1, sendEmail(hello)),
  onDay(5, sendEmail(hello, { id: 'again' })),
  handoffToSales({ to: owner, sla: hours(48), yes: [setStage('sql')] }),
]);
const from = '2026-03-02T10:00';
const ana = persona(Lead, { name: 'Ana' });

test('a story knows each message as its reader got it', async () => {
  const behaviour = [at(day(3, '12:00'), identifies({ city: 'Lima' }))];
  const story = await rehearse(nurture, { lead: ana, from, behaviour });
  expect(story.emails.map(({ step, subject }) => [step, subject])).toEqual([
    ['email:hello', 'Hello Ana'],
    ['again', 'Hello Ana'],
  ]);
  expect(story.emails[1]?.text).toContain('How is Lima?');
  expect(story.emails[1]?.html).toContain('<p>How is Lima?</p>');
  expect(story).toHaveSent(hello, {
    subject: 'Hello Ana',
    text: /your town/,
    to: 'ana@example.com',
  });
  expect(story).not.toHaveSent('goodbye');
  expect(() => expect(story).toHaveSent(hello, { subject: 'Goodbye' })).toThrow('hello like that');
  expect(() => expect(story).toHaveSent('goodbye')).toThrow('Sent: hello, hello.');
});

test('leads leave topics, and sales answers, in mid-story', async () => {
  const behaviour = [
    at(day(2, '12:00'), unsubscribes('news')),
    at(day(6, '09:00'), salesAnswer('yes')),
  ];
  const story = await rehearse(nurture, { lead: ana, from, behaviour });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email hello
    Fri  6 Mar 10:00  skipped email hello: unsubscribed from news
    Fri  6 Mar 10:00  handoff to owner, 48 h
    Sat  7 Mar 09:00  sales: yes
    Sat  7 Mar 09:00  stage sql
    Sat  7 Mar 09:00  end: completed`);
});

test('personas are completed from their model, or say what does not fit', () => {
  expect(ana.profile).toEqual({ name: 'Ana', email: 'ana@example.com' });
  expect(() => persona(Lead, { email: 'nowhere' })).toThrowErrorMatchingInlineSnapshot(`
    [Error: The persona does not fit its lead model:
      email: expected an e-mail address, received text.
    Correct these fields. [persona-invalid]]
  `);
});

test('the words of a template', async () => {
  const brand = { name: 'Sol', email: 'hola@sol.example', postalAddress: 'Calle 1, Madrid' };
  const { subject, text } = await rendered(hello, ana, { brand });
  expect(subject).toBe('Hello Ana');
  expect(text.replace(/\/u\/\S+\)/, '/u/…)')).toMatchInlineSnapshot(`
    "How is your town?

    Sol
    Calle 1, Madrid

    Unsubscribe (http://127.0.0.1:4000/u/…)"
  `);
});
