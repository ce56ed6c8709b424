/** The project: its journeys, who you are in its e-mails, and your rules for everybody's inbox. */
import { days, defineConfig } from 'cultivo';
import * as events from './src/events.ts';
import { Lead } from './src/lead.ts';
import scoring from './src/scoring.ts';
import { trial } from './src/trial.ts';

export default defineConfig({
  lead: Lead,
  events: Object.values(events), // what comes in is checked against them
  journeys: [trial],
  scoring,
  brand: {
    name: 'Example',
    email: 'hello@example.com',
    postalAddress: 'Example Ltd, 1 Example Street, Exampletown', // marketing e-mail must carry one
  },
  team: [{ id: 'sam', name: 'Sam Seller', email: 'sam@example.com' }],
  assignOwner: ['sam'],
  topics: { product: { consent: 'opt-in' } },
  caps: [{ channel: 'email', class: 'marketing', atMost: 3, per: days(7), outcome: 'defer' }],
  fallbackZone: 'Europe/Madrid', // of leads that have no time zone
});
