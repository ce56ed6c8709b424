/** Who delivers what a channel sends; a config names one where the default will not do. */

/** An adapter of a channel, by name. */
export interface Vendor<C extends string> {
  readonly channel: C;
  readonly vendor: string;
}

/** Sends through Resend; needs `RESEND_API_KEY` and nothing else. */
export const resend = (): Vendor<'email'> => ({ channel: 'email', vendor: 'resend' });

/** Keeps e-mails in a local inbox to look at. */
export const localInbox = (): Vendor<'email'> => ({ channel: 'email', vendor: 'local' });
