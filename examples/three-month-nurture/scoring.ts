/** How ready a lead is: who they are, what they did, and what they have not done for a while. */
import { any, days, not, oneOf, points, scoring } from 'cultivo';
import {
  CareersViewed,
  DemoRequested,
  EmailLinkClicked,
  EmailOpened,
  FormSubmitted,
  GuideDownloaded,
  PageViewed,
  PricingViewed,
  WebinarAttended,
} from './events.ts';
import { Lead } from './lead.ts';

const month = { within: days(30) };

const heardFrom = any(
  FormSubmitted.happened(month),
  PageViewed.happened(month),
  EmailOpened.happened(month),
  EmailLinkClicked.happened(month),
);

export default scoring({
  fit: [
    points(15, {
      name: 'runs plant or energy',
      while: Lead.is({ role: oneOf('energy-manager', 'plant-manager') }),
    }),
    points(10, { name: 'decides', while: Lead.is({ role: 'executive' }) }),
    points(10, {
      name: 'energy-hungry sector',
      while: Lead.is({ sector: oneOf('chemicals', 'food', 'metals') }),
    }),
    points(10, { name: 'large site', while: Lead.is({ employees: { atLeast: 200 } }) }),
    points(5, {
      name: 'we install there',
      while: Lead.is({ country: oneOf('AU', 'BR', 'DE', 'ES', 'GB', 'MX', 'NZ', 'SE', 'US') }),
    }),
    points(-25, { name: 'student', while: Lead.is({ role: 'student' }) }),
    points(-10, {
      name: 'free mailbox',
      while: FormSubmitted.happened({ where: { mailbox: 'free' } }),
    }),
  ],
  engagement: [
    points(25, { on: DemoRequested, halfLife: days(30), atMost: 25 }),
    points(20, { on: PricingViewed, halfLife: days(14), atMost: 30 }),
    points(15, { on: WebinarAttended, halfLife: days(30), atMost: 25 }),
    points(10, { on: GuideDownloaded, halfLife: days(45), atMost: 20 }),
    points(4, { on: EmailLinkClicked, halfLife: days(30), atMost: 16 }),
    points(1, { on: EmailOpened, halfLife: days(14), atMost: 4, atMostPerDay: 1 }),
    points(-15, { on: CareersViewed, halfLife: days(90), atMost: 15 }),
    points(-10, { name: 'quiet for 30 days', while: not(heardFrom) }),
  ],
  grades: { A: 70, B: 40, C: 20, D: 'rest' },
});
