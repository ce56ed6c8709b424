import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  email,
  type EmailContext,
  html,
  journey,
  lead,
  sendEmail,
  setField,
  waitDays,
} from '../../dsl/index.ts';
import { leadFields } from '../../dsl/lead-fields.ts';
import { persona, rehearse } from '../../rehearsal/index.ts';
import { lacks } from './lacks.ts';

interface Reads {
  readonly name: string;
  readonly city?: string;
  readonly company?: { readonly size: number };
}
const Lead = lead(
  z.object({
    name: z.string(),
    city: z.string().optional(),
    company: z.object({ size: z.number() }).optional(),
  }),
);
const fields = leadFields(Lead);
const template = (
  subject: (context: EmailContext<Reads>) => string,
  body: (context: EmailContext<Reads>) => ReturnType<typeof html> = () => html`<p>Hi</p>`,
) => email<Reads>('t', { class: 'transactional', subject, body });

describe('a message lacks', () => {
  test('what its model requires and its template reads', () => {
    const named = template(
      () => 'Hi',
      ({ lead: { name } }) => html`<p>${name}</p>`,
    );
    expect(lacks(named, { city: 'Lima' }, fields)).toBe('name');
    expect(lacks(named, { name: 'Ana' }, fields)).toBeUndefined();
    expect(lacks(named, {}, fields)).toBe('name');
  });

  test('nothing where the template does without it', () => {
    const polite = template(
      ({ lead: { city } }) => (city === undefined ? 'Hi' : `Hi ${city}`),
      ({ lead: { city } }) => html`<p>${city} ${city ?? 'your town'}</p>`,
    );
    expect(lacks(polite, { name: 'Ana' }, fields)).toBeUndefined();
  });

  test('what it would print as undefined, or cannot be filled without', () => {
    const printed = template(({ lead: { city } }) => `Hi ${city}, undefined behaviour`);
    expect(lacks(printed, { name: 'Ana' }, fields)).toBe('city');
    expect(lacks(printed, { name: 'Ana', city: 'Lima' }, fields)).toBeUndefined();
    const deep = template((context) => `${(context.lead.company as { size: number }).size}`);
    expect(lacks(deep, { name: 'Ana' }, fields)).toBe('company');
  });

  test('nothing where a template fails by itself: that is told when it is sent', () => {
    const failing = template(() => {
      throw new Error('no');
    });
    expect(lacks(failing, { name: 'Ana' }, fields)).toBeUndefined();
  });
});

test('the journey goes on without it, and says why', async () => {
  const Full = lead(z.object({ name: z.string(), email: z.email(), city: z.string() }));
  const visit = email('visit', {
    class: 'transactional',
    subject: ({ lead: { city } }: EmailContext<{ city: string }>) => `See you in ${city}`,
    body: () => html`<p>Hi</p>`,
  });
  const forget = setField({ city: null as unknown as string });
  const tour = journey('tour', { lead: Full }, [
    sendEmail(visit),
    waitDays(1),
    forget,
    sendEmail(visit, { id: 'again' }),
  ]);
  const ana = persona(Full, { name: 'Ana', email: 'ana@a.example', city: 'Lima' });
  const story = await rehearse(tour, { lead: ana, from: '2026-03-02T10:00' });
  expect(String(story)).toContain('skipped email visit: lacks city');
  expect(story.status).toBe('completed');
});
