/** An acceptance scenario: stories that must read the same on every host, whatever the cohort size. */
import { expect } from 'vitest';
import * as z from 'zod';
import { email, type EmailContext, html, lead } from '../../dsl/index.ts';
import type { Host } from '../../rehearsal/rehearse.ts';
import { persona, type Persona } from '../../rehearsal/persona.ts';
import { storyMatchers } from '../../rehearsal/to-read.ts';

expect.extend(storyMatchers);

/** Where a scenario is played. */
export interface Playing {
  readonly host: Host;
  readonly cohortSize: number;
}

export interface AcceptanceScenario {
  /** A sentence. */
  readonly name: string;
  readonly run: (playing: Playing) => Promise<void>;
}

const profile = z.object({
  name: z.string(),
  email: z.email().optional(),
  phone: z.string().optional(),
  timezone: z.string().optional(),
  tier: z.enum(['silver', 'gold']).optional(),
  stage: z.string().optional(),
});

export type Profile = z.output<typeof profile>;

export const Lead = lead(profile);

/** A marketing e-mail of a line. */
export const letter = (id: string, topic = 'nurture') =>
  email(id, {
    topic,
    subject: ({ lead: { name } }: EmailContext<{ name: string }>) => `${id} for ${name}`,
    body: ({ lead: { name } }) => html`<p>Hola ${name}</p>`,
  });

/** The same as a receipt or a reminder: no topic, no cap. */
export const receipt = (id: string) =>
  email(id, {
    class: 'transactional',
    subject: ({ lead: { name } }: EmailContext<{ name: string }>) => `${id} for ${name}`,
    body: ({ lead: { name } }) => html`<p>Hola ${name}</p>`,
  });

/** What Ana's profile holds, and no id, name of a step or word of ours: nobody but the store may keep it. */
export const PERSONAL: readonly RegExp[] = [/\bAna\b/, /@example\.com/, /600\D?000\D?000/];

/** Ana of Madrid, with what a scenario changes about her. */
export function ana(
  change: Partial<Profile> = {},
  options: { readonly consents?: readonly string[] } = {},
): Persona<Profile> {
  const known: Profile = {
    name: 'Ana',
    email: 'ana@example.com',
    phone: '+34 600 000 000',
    timezone: 'Europe/Madrid',
    ...change,
  };
  return persona(Lead, known, { id: 'ana', ...options });
}
