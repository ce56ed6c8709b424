/**
 * Renders one message: row, template, lead and brand become what a provider sends. Deterministic; a
 * template's mistake refuses its own message and nothing else.
 */
import type { Brand } from '../../dsl/config.ts';
import type { EmailContext, EmailTemplate } from '../../dsl/email.ts';
import { type Html, isHtml } from '../../dsl/html.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import { lacksPublicUrl, type Project, publicUrl } from '../../dsl/project.ts';
import type { TeamMember } from '../../dsl/team.ts';
import type { Message, Person } from '../../store/tables/index.ts';
import { emailDocument } from './email-document.ts';
import { htmlToText } from './html-to-text.ts';
import { messageTag } from './message-tag.ts';
import { addressIn } from '../../activities/effect-kind.ts';
import type { Refused } from '../../activities/lanes/prepare-messages.ts';
import { colleagueOf } from '../../activities/owner-of.ts';
import type { OutgoingEmail } from './outgoing-email.ts';
import { EVERY_TOPIC, makeUnsubscribeToken } from './unsubscribe-token.ts';
import { withoutPersonalData } from '../../activities/without-personal-data.ts';

export interface EmailToRender {
  readonly message: Message;
  readonly person: Person;
  /** Signs the unsubscribe link. */
  readonly secret: string;
}

type RenderRefusal =
  | 'no-address'
  | 'no-brand'
  | 'no-public-url'
  | 'unknown-template'
  | 'template-failed'
  | 'too-large';

/** Characters of markup: ten times what mail programs show without cutting it. A batch of such still fits into memory, and into a call. */
const LARGEST = 1_000_000;
/** Elements nested in each other cost more than their length. */
const MOST_TAGS = 20_000;

/** For looking at a project that has no brand yet; no vendor is ever given it. */
const STAND_IN: Brand = {
  name: 'Your brand',
  email: 'brand@example.invalid',
  postalAddress: 'Set brand.postalAddress in cultivo.config.ts',
};

export function renderEmail(
  project: Project,
  { message, person, secret }: EmailToRender,
): OutgoingEmail | Refused {
  const to = addressIn(person.profile, 'email');
  const template = project.templates.get(message.template);
  const brand = brandOf(project);
  if (to === undefined) return refuse('no-address', 'The lead has no e-mail address.');
  if (brand === undefined) {
    return refuse('no-brand', 'Set brand (name, email, postalAddress) in the config.');
  }
  if (template === undefined) {
    return refuse(
      'unknown-template',
      `No template ${JSON.stringify(message.template)}. Put it back, or list it in the config's templates.`,
    );
  }
  const marketing = message.class === 'marketing';
  if (marketing && lacksPublicUrl(project.config)) {
    return refuse('no-public-url', 'Set brand.publicUrl in the config: nobody could unsubscribe.');
  }
  const from = senderOf(project, brand, message, person);
  const token = makeUnsubscribeToken(secret, person.id, message.topic ?? EVERY_TOPIC);
  const unsubscribeUrl = `${publicUrl(project)}/u/${token}`;
  try {
    const { subject, body } = fill(template, { lead: person.profile, from, unsubscribeUrl });
    const html = emailDocument(subject, body, marketing ? { ...brand, unsubscribeUrl } : undefined);
    if (html.length > LARGEST)
      return refuse('too-large', `${html.length} characters of markup; at most ${LARGEST} leave.`);
    const tags = html.split('<').length - 1;
    if (tags > MOST_TAGS) return refuse('too-large', `${tags} tags; at most ${MOST_TAGS} leave.`);
    return {
      key: message.key,
      to,
      from: address(from),
      replyTo: null,
      subject,
      html,
      text: htmlToText(html),
      headers: marketing ? oneClick(unsubscribeUrl) : {},
      tags: tagsOf(message),
      at: message.at,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse('template-failed', withoutPersonalData(reason, person.profile));
  }
}

const refuse = (code: RenderRefusal, detail: string): Refused => ({ refused: { code, detail } });

function brandOf({ config }: Project): Brand | undefined {
  const isLocal = (config.messaging?.email?.vendor ?? 'local') === 'local';
  return config.brand ?? (isLocal ? STAND_IN : undefined);
}

/** Whoever the journey named, else the brand. */
function senderOf(project: Project, brand: Brand, message: Message, person: Person): TeamMember {
  const colleague = message.from === null ? undefined : colleagueOf(project, message.from, person);
  return colleague ?? { id: 'brand', name: brand.name, email: brand.email };
}

function fill(template: EmailTemplate<never>, context: EmailContext<JsonObject>) {
  // The journey's types matched lead and template when the step was written.
  const typed = context as unknown as EmailContext<never>;
  const subject = template.content.subject(typed);
  return {
    // A line break would begin another header.
    subject: sendable(subject.replace(/\s+/g, ' ').trim()),
    body: sendable(markupOf(template.content.body(typed))),
  };
}

/** What data of the lead give themselves out for is no markup. */
function markupOf(body: Html): string {
  if (isHtml(body)) return body.html;
  throw new TypeError('body: expected html`…`, received something else. [not-printable]');
}

/** Without NUL and half characters: no store keeps them, and what is kept must be what was sent. */
const sendable = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '');

const address = ({ name, email }: TeamMember): string =>
  `"${name.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&')}" <${email}>`;

/** RFC 8058: a mail program unsubscribes with one POST. */
const oneClick = (url: string): OutgoingEmail['headers'] => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

function tagsOf({ key, journey, run, step, template }: Message): OutgoingEmail['tags'] {
  const message = messageTag(key);
  return {
    journey: asciiTag(journey),
    run: asciiTag(run),
    step: asciiTag(step),
    template: asciiTag(template),
    ...(message === undefined ? {} : { message }),
  };
}

const asciiTag = (text: string): string => text.replace(/[^\w-]/g, '_').slice(0, 256);
