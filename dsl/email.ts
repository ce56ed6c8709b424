/** E-mail templates: content found by id at send time, so a corrected typo reaches people already under way. */
import type { Condition } from './condition.ts';
import { occurs } from './conditions/event-occurs.ts';
import type { Html } from './html.ts';
import { oneForm } from './one-form.ts';
import type { Mistake } from './problem.ts';
import { systemEvents } from './system-events.ts';
import type { TeamMember } from './team.ts';

/** What a template may read. */
export interface EmailContext<L> {
  readonly lead: L;
  /** Who sends it: the lead's own seller, a colleague, or the brand. */
  readonly from: TeamMember;
  /** Where a click unsubscribes from the template's topic; a marketing footer carries it anyway. */
  readonly unsubscribeUrl: string;
}

/** Marketing needs a consent topic; a transactional message needs none and is never capped. */
type EmailContent<L> = {
  readonly subject: (context: EmailContext<L>) => string;
  readonly body: (context: EmailContext<L>) => Html;
} & (
  | {
      readonly class: 'transactional';
      readonly topic?: Mistake<'A transactional message has no consent topic.'>;
    }
  | { readonly class?: 'marketing'; readonly topic: string }
);

/** A template that may be sent to any lead of type `L`. */
export interface EmailTemplate<in L> {
  readonly id: string;
  readonly channel: 'email';
  readonly topic: string | null;
  readonly class: 'marketing' | 'transactional';
  /** Rendering happens in activities only. The lead's type was checked where the template was sent. */
  readonly content: EmailContent<never>;
  /** Somebody (not a machine, as far as can be seen) opened it: weak evidence. */
  opened(): Condition;
  /** Somebody (not a scanner, as far as can be seen) followed a link in it. */
  clicked(): Condition;
  /** Only in the types: what the lead must have. */
  readonly needs?: ((lead: L) => void) | undefined;
}

/**
 * Declares an e-mail. Type the lead with just the fields that it reads: it then fits every journey
 * whose leads have them.
 *
 * @param name stable for ever: people under way refer to it.
 * @example
 * const intro = email('intro', {
 *   topic: 'nurture',
 *   subject: ({ lead }: EmailContext<{ name: string }>) => `Hola ${lead.name}`,
 *   body: ({ lead }) => html`<p>Hola ${lead.name}</p>`,
 * });
 * intro.opened().condition
 * // => { kind: 'event', name: 'email opened', where: { template: { oneOf: ['intro'] } } }
 */
export function email<
  L = Mistake<'Say what the template reads: ({ lead }: EmailContext<{ name: string }>) => …'>,
>(name: string, content: EmailContent<L>): EmailTemplate<L extends Mistake<string> ? unknown : L> {
  const id = oneForm(name);
  // Only a marketing message has one.
  const topic = content.topic as string | undefined;
  const did = (name: string): Condition => occurs(name, { template: { oneOf: [id] } });
  return {
    id,
    channel: 'email',
    topic: topic === undefined ? null : oneForm(topic),
    class: content.class ?? 'marketing',
    content: content as EmailContent<never>, // read again with the lead that the types allowed
    opened: () => did(systemEvents.emailOpened),
    clicked: () => did(systemEvents.emailLinkClicked),
  };
}
