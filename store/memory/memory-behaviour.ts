/** Events and the score that they made. */
import type { EventRow } from '../rows.ts';
import type { Transaction } from '../store.ts';
import { compositeKey, type MemoryTables } from './memory-tables.ts';
import { rowsOf } from './rows-of.ts';

type Queries = Pick<
  Transaction,
  'addEvents' | 'events' | 'addScoreEntries' | 'scoreEntries' | 'putLeadScores' | 'leadScores'
>;

export function memoryBehaviour({ events, scoreEntries, leadScores }: MemoryTables): Queries {
  return {
    async addEvents(rows) {
      const added = [];
      for (const row of rows) {
        const key = compositeKey(row.source, row.id);
        if (events.get(key)) continue;
        events.put(key, row);
        added.push(row);
      }
      return added;
    },
    async events(people, names) {
      const wanted = names && new Set(names);
      const found: EventRow[] = [];
      for (const person of [...new Set(people)].sort()) {
        const rows = events.by('person', person);
        const named = wanted ? rows.filter((row) => wanted.has(row.name)) : rows;
        found.push(...named.sort((a, b) => a.at - b.at));
      }
      return found;
    },
    async addScoreEntries(rows) {
      for (const row of rows) {
        const key = compositeKey(row.person, row.source, row.event, row.rule);
        if (!scoreEntries.get(key)) scoreEntries.put(key, row);
      }
    },
    async scoreEntries(people) {
      return scoreEntries.ofEach('person', people);
    },
    async putLeadScores(rows) {
      for (const row of rows) leadScores.put(row.person, row);
    },
    async leadScores(people) {
      return rowsOf(leadScores, people);
    },
  };
}
