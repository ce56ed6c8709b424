/** The project: its journeys, its people and its rules for everybody's inbox. */
import { days, defineConfig } from 'cultivo';
import * as events from './events.ts';
import { Lead } from './lead.ts';
import { recycled } from './recycled.ts';
import scoring from './scoring.ts';
import { threeMonthNurture } from './three-month-nurture.ts';

export default defineConfig({
  lead: Lead,
  journeys: [threeMonthNurture, recycled],
  events: Object.values(events),
  scoring,
  brand: {
    name: 'Northvane',
    email: 'hello@northvane.example',
    postalAddress: 'Northvane Ltd, 14 Quayside, Newcastle upon Tyne NE1 3DX, United Kingdom',
  },
  team: [
    {
      id: 'ines',
      name: 'Inés Carvalho',
      email: 'ines@northvane.example',
      phone: '+34 910 000 114',
    },
    { id: 'jonas', name: 'Jonas Weber', email: 'jonas@northvane.example' },
    { id: 'mei', name: 'Mei Tan', email: 'mei@northvane.example', phone: '+61 2 5550 0126' },
    { id: 'head-of-sales', name: 'Ruth Okafor', email: 'ruth@northvane.example' },
  ],
  assignOwner: ['ines', 'jonas', 'mei'],
  topics: { nurture: { consent: 'opt-in' } },
  caps: [{ channel: 'email', class: 'marketing', atMost: 3, per: days(7), outcome: 'defer' }],
  holidays: ['2026-12-24', '2026-12-25', '2026-12-31', '2027-01-01'],
  fallbackZone: 'Europe/London',
});
