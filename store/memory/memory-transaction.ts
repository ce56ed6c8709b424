/** What every work of a store in memory is given: its transactions come one after the other. */
import type { LaneBell } from '../lane-bell.ts';
import type { Transaction } from '../store.ts';
import type { Table } from '../table.ts';
import {
  laneRows,
  merged,
  messages,
  OF_PEOPLE,
  people,
  places,
  REACHED_NOBODY,
} from '../tables/index.ts';
import { countBy } from './count-by.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';
import type { UndoLog } from './undo-log.ts';

/** `added` collects the lanes to be rung when the transaction commits. */
export function memoryTransaction(undo: UndoLog, bell: LaneBell, added: Set<string>): Transaction {
  const tables = new Map<unknown, unknown>();

  function of<Row>(table: Table<Row>): MemoryTable<Row> {
    // Each was made of the declaration that it stands under.
    const known = tables.get(table) as MemoryTable<Row> | undefined;
    if (known !== undefined) return known;
    const fresh = memoryTable(table, undo);
    tables.set(table, fresh);
    return fresh;
  }

  return {
    find: async (table, where) => of(table).find(where),
    get: async (table, keys) => of(table).get(keys),
    page: async (table, { limit, after }) => of(table).page(limit, after),
    count: async (table, by, where) => countBy(of(table).find(where), by),
    async add(table, rows) {
      const fresh = of(table).add(rows);
      const { wakes } = table;
      if (wakes !== undefined) for (const row of fresh) added.add(String(row[wakes]));
      return fresh;
    },
    change: async (table, rows, only = {}) => of(table).change(rows, only),

    async lock() {
      // Nothing else runs: everything is locked already.
    },
    async movePerson(from, into) {
      if (from === into) return;
      for (const table of OF_PEOPLE) of(table).changeWhere({ person: from }, { person: into });
      of(merged).removeWhere({ id: into });
      of(merged).changeWhere({ into: from }, { into });
      of(merged).add([{ id: from, into }]);
      of(people).removeWhere({ id: from });
    },
    async takePlaces(journey, size, count) {
      if (count === 0) return [];
      const taken = of(places).get([{ journey }])[0]?.taken ?? 0;
      of(places).add([{ journey, taken: taken + count }]);
      return Array.from({ length: count }, (_, index) => Math.floor((taken + index) / size));
    },
    async countMessages(ids, channel, messageClass, since) {
      const counts = new Map<string, { person: string; count: number; oldest: number }>();
      // By instant: the first of each person is the oldest.
      for (const row of of(messages).find({ person: ids })) {
        const { person, at } = row;
        if (row.channel !== channel || row.class !== messageClass) continue;
        if (at < since || REACHED_NOBODY.includes(row.status)) continue;
        const known = counts.get(person);
        if (known === undefined) counts.set(person, { person, count: 1, oldest: at });
        else known.count += 1;
      }
      return [...counts.values()];
    },
    async claim(lane, batch, limit) {
      bell.looking(lane);
      const claimed = { status: 'claimed', batch } as const;
      return of(laneRows).changeWhere({ lane, status: 'waiting' }, claimed, limit);
    },
  };
}
