/** How ready a lead is: who they are, and what they did lately. */
import { days, points, scoring } from 'cultivo';
import { EmailLinkClicked, EmailOpened } from './events.ts';
import { Lead } from './lead.ts';

export default scoring({
  fit: [points(30, { name: 'large enough', while: Lead.is({ employees: { atLeast: 50 } }) })],
  engagement: [
    points(15, { on: EmailLinkClicked, halfLife: days(30), atMost: 30 }),
    points(2, { on: EmailOpened, halfLife: days(14), atMost: 6 }),
  ],
});
