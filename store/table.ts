/**
 * How a table is declared: once, for Postgres, for the store in memory and for the types of its rows. What is
 * declared here both implementations read, write and enforce alike; a test holds the migrations to it.
 */
import type { Json } from '../dsl/plan.ts';

export type ColumnType = 'text' | 'bigint' | 'boolean' | 'jsonb';

export interface Column<T> {
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Only in the types. */
  readonly holds?: T;
}

type Columns = { readonly [name: string]: Column<unknown> };

type RowWith<C extends Columns> = {
  readonly [N in keyof C]: C[N] extends Column<infer T> ? T : never;
};

/** A row of a table, as every store gives it. */
export type RowOf<T> = T extends Table<infer Row> ? Row : never;

/** A row to be added: what may be null may be left out. */
export type NewRow<Row> = Partial<Row> & {
  readonly [N in keyof Row as null extends Row[N] ? never : N]: Row[N];
};

export interface Table<Row> {
  /** In the database's schema `cultivo`. */
  readonly name: string;
  /** What stands in a row that leaves everything out that it may: nulls. */
  readonly leftOut: Partial<Row>;
  /** A field is the column of the same name in snake_case; `seq` beside them keeps the order of arrival. */
  readonly columns: { readonly [N in keyof Row & string]: Column<Row[N]> };
  /** Unique together; none: rows are only ever appended. */
  readonly key: readonly (keyof Row & string)[];
  /** What adding changes of a row whose key is there already: these columns; none: it is kept as it is. */
  readonly updates: readonly (keyof Row & string)[];
  readonly indexes: { readonly [name: string]: Index<Row> };
  /** How rows are read: by these columns, then in the order of arrival. */
  readonly order: readonly (keyof Row & string)[];
  /** Adding rows wakes whoever waits for those of this column's value. */
  readonly wakes?: keyof Row & string;
}

/** Whichever table: its rows are columns by name. */
export type AnyTable = Table<Readonly<Record<string, unknown>>>;

export interface Index<Row> {
  /** `seq` last where rows are read in the order of arrival. */
  readonly on: readonly ((keyof Row & string) | 'seq')[];
  readonly unique?: boolean;
  /** Holds those rows alone whose column (one) has one of these values. */
  readonly when?: { readonly [N in keyof Row & string]?: readonly Row[N][] };
}

type Rest<Row> = Pick<Table<Row>, 'key'> &
  Partial<Pick<Table<Row>, 'updates' | 'indexes' | 'order' | 'wakes'>>;

const nullsOf = (columns: Columns) =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, { nullable }]) => (nullable ? [[name, null]] : [])),
  );

/** Declares a table. */
export const table = <const C extends Columns>(
  name: string,
  columns: C,
  rest: Rest<RowWith<C>>,
): Table<RowWith<C>> => ({
  name,
  leftOut: nullsOf(columns) as Partial<RowWith<C>>,
  // Each column holds what its field is of.
  columns: columns as unknown as Table<RowWith<C>>['columns'],
  updates: [],
  indexes: {},
  order: [],
  ...rest,
});

/** The column that a table is gone through by: its key, which must be one text. */
export function pagedColumn<Row>({ name, key, columns }: Table<Row>): keyof Row & string {
  const [column, ...more] = key;
  if (column !== undefined && more.length === 0 && columns[column].type === 'text') return column;
  throw new Error(
    `${name}: expected a table whose key is one text, to be gone through in pages, ` +
      `received one of key (${key.join(', ')}).`,
  );
}

export const text = <T extends string = string>(): Column<T> => ({ type: 'text', nullable: false });

/** Milliseconds since 1970; fractions are rounded as they are written. */
export const instant = (): Column<number> => ({ type: 'bigint', nullable: false });

export const count = (): Column<number> => ({ type: 'bigint', nullable: false });

export const flag = (): Column<boolean> => ({ type: 'boolean', nullable: false });

export const json = <T = Json>(): Column<T> => ({ type: 'jsonb', nullable: false });

export const nullable = <T>(column: Column<T>): Column<T | null> => ({ ...column, nullable: true });
