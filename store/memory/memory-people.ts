/** People, their identities and what merging two of them moves. */
import type { Transaction } from '../store.ts';
import { compositeKey, type MemoryTables } from './memory-tables.ts';
import { rowsOf } from './rows-of.ts';

type Queries = Pick<
  Transaction,
  'lock' | 'people' | 'putPeople' | 'identities' | 'identitiesOf' | 'putIdentities' | 'mergePeople'
>;

export function memoryPeople(tables: MemoryTables): Queries {
  const { people, identities } = tables;
  return {
    async lock() {
      // Transactions run one after the other: everything is locked already.
    },
    async people(ids) {
      return rowsOf(people, ids);
    },
    async putPeople(rows) {
      for (const row of rows) {
        const known = people.get(row.id);
        people.put(row.id, known ? { ...row, createdAt: known.createdAt } : row);
      }
    },
    async identities(wanted) {
      const keys = wanted.map(({ kind, value }) => compositeKey(kind, value));
      return rowsOf(identities, keys);
    },
    async identitiesOf(ids) {
      return identities.ofEach('person', ids);
    },
    async putIdentities(rows) {
      for (const row of rows) identities.put(compositeKey(row.kind, row.value), row);
    },
    async mergePeople(from, into) {
      if (from !== into) merge(tables, from, into);
    },
  };
}

function merge(tables: MemoryTables, from: string, into: string): void {
  mergeRuns(tables, from, into);
  for (const entry of tables.scoreEntries.by('person', from)) {
    const { source, event, rule } = entry;
    tables.scoreEntries.remove(compositeKey(from, source, event, rule));
    const key = compositeKey(into, source, event, rule);
    if (!tables.scoreEntries.get(key)) tables.scoreEntries.put(key, { ...entry, person: into });
  }
  const move = <Row extends { readonly person: string }>(row: Row): Row => ({
    ...row,
    person: into,
  });
  tables.identities.change('person', from, move);
  tables.events.change('person', from, move);
  tables.consents.change('person', from, move);
  tables.suppressions.change('person', from, move);
  tables.enrolments.change('person', from, move);
  tables.decisions.change('person', from, move);
  tables.messages.change('person', from, move);
  tables.laneRows.change('person', from, move);
  tables.leadScores.remove(from);
  tables.people.remove(from);
}

/** Two live runs in one journey become one: the older goes on. */
function mergeRuns({ enrolments }: MemoryTables, from: string, into: string): void {
  for (const run of enrolments.by('person', from)) {
    const other = enrolments.by('live', compositeKey(run.journey, into))[0];
    if (run.status !== 'live' || !other) continue;
    const younger = run.enteredAt < other.enteredAt ? other : run;
    enrolments.put(younger.id, { ...younger, status: 'merged' });
  }
}
