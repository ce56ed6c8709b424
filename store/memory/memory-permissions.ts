/** Consents and suppressions: what a person allowed, and where nothing may be sent at all. */
import type { Consent } from '../rows.ts';
import type { Transaction } from '../store.ts';
import type { MemoryTables } from './memory-tables.ts';

type Queries = Pick<Transaction, 'addConsents' | 'consents' | 'addSuppressions' | 'suppressions'>;

export function memoryPermissions({ consents, suppressions }: MemoryTables): Queries {
  return {
    async addConsents(rows) {
      for (const row of rows) consents.append(row);
    },
    async consents(people) {
      const found: Consent[] = [];
      for (const person of new Set(people)) found.push(...latest(consents.by('person', person)));
      return found;
    },
    async addSuppressions(rows) {
      for (const row of rows) suppressions.append(row);
    },
    async suppressions(people) {
      return suppressions.ofEach('person', people);
    },
  };
}

/** The latest per topic; of two at one instant, the one added last. */
function latest(rows: Consent[]): Consent[] {
  if (rows.length < 2) return rows;
  const byTopic = new Map<string, Consent>();
  for (const row of rows) {
    const known = byTopic.get(row.topic);
    if (!known || known.at <= row.at) byTopic.set(row.topic, row);
  }
  return [...byTopic.values()];
}
