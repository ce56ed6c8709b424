/**
 * Events that the house itself records, by their normalised names and as models for conditions. Those
 * about e-mail carry `message` (its key), `template`, and `link` where one was followed.
 */
import { event } from './event.ts';

export const houseEvents = {
  emailSent: 'email sent',
  emailFailed: 'email failed',
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

/** A message of ours was taken by the provider. */
export const EmailSent = event('Email Sent');
/** The provider refused a message, or nobody knows what became of it. */
export const EmailFailed = event('Email Failed');
/** An e-mail of ours was opened; weak evidence. Of one template: `intro.opened()`. */
export const EmailOpened = event('Email Opened');
/** A link in an e-mail of ours was followed. Of one template: `intro.clicked()`. */
export const EmailLinkClicked = event('Email Link Clicked');
/** An e-mail came back. */
export const EmailBounced = event('Email Bounced');
/** An e-mail was reported as spam. */
export const EmailComplained = event('Email Complained');
/** Somebody left a topic, or everything. */
export const EmailUnsubscribed = event('Email Unsubscribed');
/** Sales answered a handoff. */
export const HandoffAnswered = event('Handoff Answered');
