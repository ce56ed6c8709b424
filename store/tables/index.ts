/** Every table. A new one is its declaration, a line here and a migration. */
import type { AnyTable } from '../table.ts';
import { decisions, enrolments, places } from './journeys.ts';
import { crmLinks, laneRows, messages, values } from './lanes.ts';
import { consents, events, identities, merged, people, suppressions } from './people.ts';

export * from './journeys.ts';
export * from './lanes.ts';
export * from './people.ts';

export const TABLES: readonly AnyTable[] = [
  people,
  identities,
  merged,
  events,
  consents,
  suppressions,
  enrolments,
  decisions,
  places,
  messages,
  laneRows,
  crmLinks,
  values,
];

/** Tables of what belongs to somebody: it goes with them when two people turn out to be one. */
export const OF_PEOPLE = TABLES.filter(({ columns }) => 'person' in columns);
