/** Every table: whatever these files declare. A new one is its declaration and a migration. */
import type { AnyTable } from '../table.ts';
import * as journeys from './journeys.ts';
import * as lanes from './lanes.ts';
import * as local from './local.ts';
import * as people from './people.ts';

export * from './journeys.ts';
export * from './lanes.ts';
export * from './local.ts';
export * from './people.ts';

const isTable = (declared: object): declared is AnyTable => 'columns' in declared;

export const TABLES = [people, journeys, lanes, local]
  .flatMap<object>(Object.values)
  .filter(isTable);

/** Tables of what belongs to somebody: it goes with them when two people turn out to be one. */
export const OF_PEOPLE = TABLES.filter(({ columns }) => 'person' in columns);
