import {
  all, any, not, check, email, handoffToSales, hours, html, ifScoreAbove, journey, oneOf, onDay, owner, sendEmail, setField, until, waitDays, waitFor, days, when, score, step, type EmailContext,
} from '../../dsl/index.ts';
import { Account, caseStudy, intro, Lead, MeetingBooked, PricingViewed, renewal, plain } from './leads.ts';
const mail = email('mail', { topic: 'x', subject: ({ lead }: EmailContext<{ email: string }>) => lead.email, body: () => html`x` });
export const a1 = journey('j', { lead: Lead }, [step('s', ({ lead }) => lead.name)]);
export const a2 = journey('j', { lead: Lead }, [ifScoreAbove(70, { yes: [step('s', ({ lead }) => lead.name)] })]);
export const a3 = journey('j', { lead: Lead }, [until(MeetingBooked, [step('s', ({ lead }) => lead.name)])]);
export const a4 = journey('j', { lead: Lead }, [until(MeetingBooked, [sendEmail(intro), sendEmail(mail)])]);
export const a5 = journey('j', { lead: Lead }, [ifScoreAbove(40, { yes: [sendEmail(intro)], no: [sendEmail(mail)] })]);
export const a6 = journey('j', { lead: Lead }, [when(check('c', ({ lead }) => lead.name === ''), { yes: [] })]);
export const a7 = journey('j', { lead: Lead, goal: check('c', ({ lead }) => lead.name === '') }, []);
