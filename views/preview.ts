/** A template as somebody would get it: rendered as it is for sending, for a stored lead or a made-up one. */
import type { World } from '../activities/world.ts';
import type { OutgoingEmail } from '../channels/email/outgoing-email.ts';
import { renderEmail } from '../channels/email/render-email.ts';
import { sampleProfile } from '../rehearsal/sample-profile.ts';
import type { Message, Person } from '../store/tables/index.ts';
import { findPerson } from './find-person.ts';

export type Preview =
  | {
      readonly email: OutgoingEmail;
      readonly profile: Person['profile'];
      readonly isSample: boolean;
    }
  | { readonly problem: string };

/**
 * @param who left out: somebody made up, who fits the model.
 * Undefined where nobody has that name, or there is no such template.
 */
export async function preview(
  world: World,
  template: string,
  who?: string,
): Promise<Preview | undefined> {
  const { project, clock } = world;
  const known = project.templates.get(template);
  if (known === undefined) return undefined;
  const found =
    who === undefined ? undefined : await world.store.transaction((tx) => findPerson(tx, who));
  if (who !== undefined && found === undefined) return undefined;
  const sample = project.lead === undefined ? {} : sampleProfile(project.lead);
  const made = { id: 'sample', profile: sample, zone: null, createdAt: clock() };
  const person: Person = found?.person ?? made;
  const message: Message = {
    key: `preview/${template}`,
    run: 'preview',
    journey: 'preview',
    person: person.id,
    step: 'preview',
    channel: 'email',
    template,
    topic: known.topic,
    class: known.class,
    from: null,
    at: clock(),
    status: 'waiting',
    code: null,
    providerId: null,
    rendered: null,
  };
  // Nobody can unsubscribe by a link that no secret of ours has signed.
  const secret = 'preview';
  const rendered = renderEmail(project, { message, person, secret });
  return 'refused' in rendered
    ? { problem: `${rendered.refused.code}: ${rendered.refused.detail}` }
    : { email: rendered, profile: person.profile, isSample: found === undefined };
}
