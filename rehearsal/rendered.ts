/** A template as a lead would get it: for tests of its words. */
import type { EmailTemplate } from '../dsl/email.ts';
import { composeProject } from '../dsl/project.ts';
import type { RehearsalOptions } from './scenario.ts';
import type { Persona } from './persona.ts';

export interface RenderedEmail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Renders a template for a persona, with its footer and its text part, as it is sent.
 *
 * @param config brand and team, where the template reads who sends it.
 * @throws Error [template-failed] and the like, where it could not be sent.
 */
export async function rendered<L>(
  template: EmailTemplate<L>,
  lead: Persona<L>,
  config: Omit<NonNullable<RehearsalOptions<L>['config']>, 'journeys'> = {},
): Promise<RenderedEmail> {
  // What renders is loaded when it is needed.
  const { renderEmail } = await import('../channels/email/render-email.ts');
  const { id, topic, class: messageClass } = template;
  // Only its profile is read, which was checked against the template by its type.
  const templates = [template as unknown as EmailTemplate<never>];
  const project = composeProject({ ...config, journeys: [], templates });
  const person = { id: lead.id, profile: lead.profile, zone: lead.zone, createdAt: 0 };
  const message = {
    ...{ key: id, run: 'test', journey: 'test', person: lead.id, step: 'test', channel: 'email' },
    ...{ template: id, topic, class: messageClass, from: null, at: 0, status: 'waiting' as const },
    ...{ code: null, providerId: null, rendered: null },
  };
  const email = renderEmail(project, { message, person, secret: 'test' });
  if ('refused' in email)
    throw new Error(`Template ${id}: ${email.refused.detail} [${email.refused.code}]`);
  const { subject, text, html } = email;
  return { subject, text, html };
}
