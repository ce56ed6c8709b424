/** What local inboxes refuse as a provider would: an address that cannot be one. */
import type { EmailOutcome } from '../../../activities/ports.ts';

export const addressRefusal = (to: string): EmailOutcome | undefined =>
  /^[^\s@]+@[^\s@]+$/.test(to)
    ? undefined
    : { status: 'refused', code: 'invalid-address', detail: 'Not an e-mail address.' };
