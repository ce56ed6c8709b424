/** What people do, by the names under which the site, the mail provider and the CRM report it. */
import { event } from 'cultivo';
import * as z from 'zod';

export const FormSubmitted = event(
  'Form Submitted',
  z.object({
    form: z.enum(['contact', 'guide', 'webinar']),
    /** The form looks at the address: a firm's own, or one from a free provider. */
    mailbox: z.enum(['business', 'free']).optional(),
  }),
);

/** The "how to buy" page. */
export const PricingViewed = event(
  'Pricing Viewed',
  z.object({ plan: z.enum(['site', 'group']).optional() }),
);

export const GuideDownloaded = event(
  'Guide Downloaded',
  z.object({
    guide: z.string(),
    /** Early: what the problem is. Late: how to choose and to buy. */
    phase: z.enum(['early', 'late']).optional(),
  }),
);

export const WebinarAttended = event('Webinar Attended', z.object({ webinar: z.string() }));

/** Any page of the site, as analytics scripts report it. */
export const PageViewed = event('Page Viewed', z.object({ name: z.string().optional() }));

export const DemoRequested = event('Demo Requested');
export const CareersViewed = event('Careers Viewed');
export const MeetingBooked = event('Meeting Booked');
export const BecameCustomer = event('Became Customer');

/** Cultivo records these itself, about every e-mail that it sends. */
export { EmailLinkClicked, EmailOpened, EmailUnsubscribed } from 'cultivo';
