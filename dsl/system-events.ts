/** Events that Cultivo itself records, by their normalised names, and as models for conditions and tests. */
import { event } from './event.ts';

export const systemEvents = {
  emailSent: 'email sent',
  emailOpened: 'email opened',
  emailLinkClicked: 'email link clicked',
  emailBounced: 'email bounced',
  emailComplained: 'email complained',
  emailUnsubscribed: 'email unsubscribed',
  /** As `email unsubscribed`, under the name that a firm's own site may use. */
  unsubscribed: 'unsubscribed',
  handoffAnswered: 'handoff answered',
  /** Somebody's traits came in; its properties are the traits. */
  identified: 'identified',
} as const;

/** What events about e-mail carry. */
type AboutEmail = {
  readonly template?: string;
  /** The message's key. */
  readonly message?: string;
};

/** A message of ours was taken by the provider. */
export const EmailSent = event<AboutEmail>('Email Sent');
/** The provider refused a message, or nobody knows what became of it. */
export const EmailFailed = event<AboutEmail>('Email Failed');
/** An e-mail of ours was opened; weak evidence. Of one template: `intro.opened()`. */
export const EmailOpened = event<AboutEmail>('Email Opened');
/** A link in an e-mail of ours was followed. Of one template: `intro.clicked()`. */
export const EmailLinkClicked = event<AboutEmail & { readonly link?: string }>(
  'Email Link Clicked',
);
/** An e-mail came back; `hard`: for good. */
export const EmailBounced = event<AboutEmail & { readonly type?: string }>('Email Bounced');
/** An e-mail was reported as spam. */
export const EmailComplained = event<AboutEmail>('Email Complained');
/** Somebody left a topic, or everything. */
export const EmailUnsubscribed = event<{ readonly topic?: string }>('Email Unsubscribed');
/** What sales may answer: takes the lead, not now, not a lead. */
export const SALES_ANSWERS = ['yes', 'maybe', 'never'] as const;
export type SalesAnswer = (typeof SALES_ANSWERS)[number];

/** Sales answered a handoff. */
export const HandoffAnswered = event<{ readonly answer?: SalesAnswer }>('Handoff Answered');
