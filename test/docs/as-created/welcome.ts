/** The journey that is there from the beginning. */
import { journey, sendEmail } from 'cultivo';
import { hello } from './emails.ts';
import { SignedUp } from './events.ts';
import { Lead } from './lead.ts';

export const welcome = journey('welcome', { lead: Lead, enter: SignedUp }, [sendEmail(hello)]);
