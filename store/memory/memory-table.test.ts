/** The twin's indexes, undo log and constraints against a list that is gone through from end to end. */
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { ConstraintError, type Where } from '../store.ts';
import { instant, nullable, type RowOf, table, text } from '../table.ts';
import { rollBack, type UndoLog } from './entry.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';

const rows = table(
  'rows',
  { a: text(), b: text(), state: text(), at: instant(), note: nullable(text()) },
  {
    key: ['a', 'b'],
    updates: ['note'],
    order: ['state', 'at'],
    indexes: {
      state: { on: ['state', 'at'] },
      note: { on: ['note'] },
      open: { on: ['at', 'seq'], when: { state: ['x', 'y'] } },
      only: { on: ['a', 'at'], unique: true, when: { state: ['x', 'y'] } },
    },
  },
);
type Row = RowOf<typeof rows>;

type Subject = Pick<MemoryTable<Row>, 'find' | 'add' | 'change' | 'changeWhere' | 'removeWhere'>;

/** The same table, gone through from end to end whatever is asked. */
class Model implements Subject {
  kept: readonly Row[] = [];
  rows: readonly Row[] = [];

  find(where: Where<Row>): Row[] {
    return this.rows
      .filter((row) => fits(row, where))
      .toSorted((a, b) => (a.state === b.state ? a.at - b.at : a.state < b.state ? -1 : 1));
  }
  add([row]: [Row]): Row[] {
    const known = this.rows.find(({ a, b }) => a === row.a && b === row.b);
    if (known === undefined) this.#become([...this.rows, row]);
    else this.#replace(known, { ...known, note: row.note });
    return known === undefined ? [row] : [];
  }
  change([row]: [Row], only: Where<Row>): void {
    const known = this.rows.find(({ a, b }) => a === row.a && b === row.b);
    if (known !== undefined && fits(known, only)) this.#replace(known, row);
  }
  changeWhere(where: Where<Row>, changed: Partial<Row>, limit?: number): Row[] {
    const first = this.rows.filter((row) => fits(row, where)).slice(0, limit);
    for (const row of first) this.#replace(row, { ...row, ...changed });
    return first.map((row) => ({ ...row, ...changed }));
  }
  removeWhere(where: Where<Row>): void {
    this.rows = this.rows.filter((row) => !fits(row, where));
  }
  #replace(known: Row, row: Row): void {
    this.#become(this.rows.map((other) => (other === known ? row : other)));
  }
  #become(rows: readonly Row[]): void {
    const only = rows.filter(({ state }) => state !== 'z').map(({ a, at }) => `${a} ${at}`);
    if (new Set(only).size < only.length) throw new ConstraintError('rows.only');
    this.rows = rows;
  }
}

const fits = (row: Row, where: Where<Row>): boolean =>
  Object.entries(where).every(([column, wanted]: [string, unknown]) =>
    [wanted].flat().includes(row[column as keyof Row]),
  );

const cells = {
  a: fc.constantFrom('1', '2', '3'),
  b: fc.constantFrom('1', '2', '3'),
  state: fc.constantFrom('x', 'y', 'z'),
  at: fc.constantFrom(1, 2),
  note: fc.constantFrom('n', null),
};
const row = fc.record(cells);
const lists = fc.record({
  a: fc.array(cells.a, { minLength: 1 }),
  b: fc.array(cells.b, { minLength: 1 }),
  state: fc.array(cells.state, { minLength: 1 }),
  at: fc.array(cells.at, { minLength: 1 }),
  note: fc.array(cells.note),
});
/** One or several values, of two columns at most: more find next to nothing. */
const where = fc
  .tuple(row, lists, fc.subarray(Object.keys(cells), { maxLength: 2 }), fc.boolean())
  .map(([one, many, columns, isList]): Where<Row> => {
    const all = Object.entries(isList ? many : one);
    return Object.fromEntries(all.filter(([column]) => columns.includes(column)));
  });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('add' as const), row, fc.constant({})) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('change' as const), row, where) },
  { weight: 8, arbitrary: fc.tuple(fc.constant('find' as const), row, where) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('claim' as const), row, fc.constant({})) },
  fc.tuple(
    fc.constantFrom('removeWhere' as const, 'commit' as const, 'rollBack' as const),
    row,
    where,
  ),
);

function answerOf(subject: Subject, [what, row, where]: [string, Row, Where<Row>]): unknown {
  try {
    if (what === 'add') return subject.add([row]);
    if (what === 'change') return subject.change([row], where);
    if (what === 'claim') {
      const limit = Number(row.b) - 1;
      return subject.changeWhere({ at: row.at, state: 'x' }, { state: 'y' }, limit);
    }
    if (what === 'removeWhere') return subject.removeWhere(where);
    return subject.find(where);
  } catch (error) {
    return error;
  }
}

test('finds, keeps and refuses what a list would, through changes and roll-backs', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 40 }), (steps) => {
      const undo: UndoLog = [];
      const twin = memoryTable(rows, undo);
      const model = new Model();
      for (const each of steps) {
        const answer = answerOf(twin, each);
        expect(answer).toEqual(answerOf(model, each));
        if (each[0] === 'rollBack' || answer instanceof ConstraintError) {
          rollBack(undo);
          model.rows = model.kept;
        } else if (each[0] === 'commit') {
          undo.length = 0;
          model.kept = model.rows;
        }
        expect(twin.find({})).toEqual(model.find({}));
      }
    }),
    { numRuns: 300 },
  );
});
