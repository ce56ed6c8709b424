/**
 * The store in memory, for rehearsals: Maps and indexes, no copies. Transactions run one after the
 * other and are taken back when they throw, so nobody ever reads half of one.
 */
import type { Instant } from '../../dsl/plan.ts';
import { groupBy } from '../group-by.ts';
import { type LaneBell, laneBell } from '../lane-bell.ts';
import {
  type BehaviourSpan,
  MOST_TRIES,
  type Store,
  type Transaction,
  TryAgain,
  type Within,
} from '../store.ts';
import type { Table } from '../table.ts';
import * as tables from '../tables/index.ts';
import { rollBack, type UndoLog } from './entry.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';

/** An empty store; what it held is gone once nothing refers to it. */
export function memoryStore(): Store {
  const undo: UndoLog = [];
  const bell = laneBell();
  const added = new Set<string>();
  const tx = memoryTransaction(undo, bell, added);
  let last: Promise<unknown> = Promise.resolve();

  async function run<T>(work: (tx: Transaction) => Promise<T>, tries = 1): Promise<T> {
    try {
      const result = await work(tx);
      undo.length = 0;
      for (const lane of added) bell.ring(lane);
      return result;
    } catch (error) {
      rollBack(undo);
      added.clear();
      if (!(error instanceof TryAgain) || tries === MOST_TRIES) throw error;
      return run(work, tries + 1);
    } finally {
      added.clear();
    }
  }

  return {
    transaction(work) {
      const result = last.then(() => run(work));
      // The next one waits for this one's end, not for its success.
      last = result.catch(() => undefined);
      return result;
    },
    waitForRows: (lane, timeoutMs, signal) => bell.wait(lane, timeoutMs, signal),
    time: async () => Date.now(),
    async close() {
      await last;
      bell.close();
    },
  };
}

/** What every work is given, one after the other; `added` collects the lanes to be rung when it commits. */
function memoryTransaction(undo: UndoLog, bell: LaneBell, added: Set<string>): Transaction {
  const known = new Map<unknown, unknown>();

  function of<Row>(table: Table<Row>): MemoryTable<Row> {
    const its = known.get(table) ?? memoryTable(table, undo);
    known.set(table, its);
    // Each was made of the declaration that it stands under.
    return its as MemoryTable<Row>;
  }

  return {
    find: async (table, where) => of(table).find(where),
    page: async (table, paging) => of(table).page(paging),
    count: async (table, by, where, within) => {
      const found = of(table).find(where);
      return countBy(within === undefined ? found : found.filter(isWithin(within)), by);
    },
    async add(table, rows) {
      const fresh = of(table).add(rows);
      const { wakes } = table;
      if (wakes !== undefined) for (const row of fresh) added.add(String(row[wakes]));
      return fresh;
    },
    change: async (table, rows, only = {}) => of(table).change(rows, only),

    // Nothing else runs: everything is locked already.
    lock: async (names, ofNobody = []) => new Set([...names, ...ofNobody]),
    async movePerson(from, into) {
      if (from === into) return;
      for (const table of tables.OF_PEOPLE)
        of(table).changeWhere({ person: from }, { person: into });
      of(tables.merged).removeWhere({ id: into });
      of(tables.merged).changeWhere({ into: from }, { into });
      of(tables.merged).add([{ id: from, into }]);
      of(tables.people).removeWhere({ id: from });
      of(tables.pasts).removeWhere({ id: [from, into] });
    },
    async findBehaviour(spans, names) {
      const named = names === undefined ? {} : { name: names };
      const person = spans.map((span) => span.person);
      const spansOf = groupBy(spans, (span) => span.person);
      const isWithin = ({ after = -Infinity, upTo = Infinity }: BehaviourSpan, at: Instant) =>
        at > after && at <= upTo;
      return of(tables.events)
        .find({ person, ...named })
        .filter((row) => spansOf.get(row.person)?.some((span) => isWithin(span, row.at)));
    },
    async takePlaces(journey, size, count) {
      if (count === 0) return [];
      const taken = of(tables.places).find({ journey })[0]?.taken ?? 0;
      of(tables.places).add([{ journey, taken: taken + count }]);
      return Array.from({ length: count }, (_, index) => Math.floor((taken + index) / size));
    },
    async countMessages(ids, channel, messageClass, since) {
      const found = of(tables.messages).find({ person: ids, channel, class: messageClass });
      const counted = found.filter(
        ({ at, status }) => at >= since && !tables.REACHED_NOBODY.includes(status),
      );
      // By instant: the first of each person is the oldest.
      return [...groupBy(counted, ({ person }) => person)].map(([person, rows]) => ({
        person,
        count: rows.length,
        oldest: rows[0]?.at ?? since,
      }));
    },
    async claim(lane, batch, limit, now) {
      bell.looking(lane);
      const rows = of(tables.laneRows);
      const due = rows
        .find({ lane, status: 'later' })
        .filter(({ notBefore }) => notBefore === null || notBefore <= now);
      if (due.length > 0)
        rows.change(
          due.map(({ key }) => ({ lane, key, status: 'waiting' as const })),
          {},
        );
      const claimed = { status: 'claimed', batch, notBefore: null } as const;
      return rows.changeWhere({ lane, status: 'waiting' }, claimed, limit);
    },
    async oldestOpen(lanes) {
      const open = of(tables.laneRows).find({ lane: lanes, status: tables.OPEN });
      return [...groupBy(open, ({ lane }) => lane)].map(([lane, rows]) => ({
        lane,
        at: rows.reduce((oldest, { at }) => Math.min(oldest, at), Infinity),
      }));
    },
    async deleteFinished(before, limit) {
      const over = of(tables.laneRows).find({ status: tables.FINISHED });
      const oldest = over
        .filter(({ at }) => at < before)
        .sort((a, b) => a.at - b.at)
        .slice(0, limit);
      for (const { lane, key } of oldest) of(tables.laneRows).removeWhere({ lane, key });
      return over.filter((row) => oldest.includes(row));
    },
  };
}

const isWithin =
  <Row>({ column, from, to }: Within<Row>) =>
  (row: Row): boolean => {
    const at = Number(row[column]);
    return row[column] !== null && at >= from && at < to;
  };

/** How many rows there are of each combination of values of these columns. */
function countBy<Row, N extends keyof Row & string>(
  rows: readonly Row[],
  by: readonly N[],
): (Pick<Row, N> & { readonly count: number })[] {
  const groups = groupBy(rows, (row) => JSON.stringify(by.map((column) => row[column])));
  return [...groups.values()].map((group) => {
    const values = by.map((column) => [column, group[0]?.[column]]);
    // Exactly the columns of `by`.
    return { ...(Object.fromEntries(values) as Pick<Row, N>), count: group.length };
  });
}
