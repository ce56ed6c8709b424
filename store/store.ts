/**
 * The store's port: set-based reads and writes of declared tables inside transactions, and the few things
 * that are more than that. What rows mean is decided in `activities/`; three implementations (memory,
 * PGlite, Postgres) pass one contract suite.
 */
import type { Instant } from '../dsl/plan.ts';
import type { NewRow, Table } from './table.ts';
import type { EventRow, LaneRow, Message } from './tables/index.ts';

export interface Store {
  /**
   * Runs `work` in one transaction: all of it, or (when it throws) none; again from its beginning where it
   * throws `TryAgain` or the database could not finish it beside others, so it changes nothing but the store. Reads and writes about
   * people behave as if transactions ran one after the other where `lock` comes first. One inside
   * another waits for ever: hand `tx` on instead.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Resolves when rows may have been added to the lane since the last `claim` of this store, after
   * `timeoutMs`, or when `signal` aborts; so claim first, wait only when that found nothing, and
   * claim again. Crosses processes where the database can (LISTEN/NOTIFY). May resolve early.
   */
  waitForRows(lane: string, timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** The time by the store's own clock, which all processes share. */
  time(): Promise<Instant>;
  close(): Promise<void>;
}

/** Columns with the value, or one of the values, that they must have. Combined with AND; none: every row. */
export type Where<Row> = { readonly [N in keyof Row]?: Row[N] | readonly Row[N][] };

export interface BehaviourSpan {
  readonly person: string;
  /** Exclusive. */
  readonly after?: Instant | undefined;
  /** Inclusive. */
  readonly upTo?: Instant | undefined;
}

export interface Paging<Row> {
  readonly limit: number;
  /** A key. */
  readonly after?: string | undefined;
  readonly where?: Where<Row>;
  /** The last rows first, those before `after` where it is given. */
  readonly backwards?: boolean;
}

/** Rows whose instant in this column lies in a span. */
export interface Within<Row> {
  readonly column: keyof Row & string;
  /** Inclusive. */
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

/** Rows come in their table's order, each once however often it was asked for. */
export interface Transaction {
  /** Reads rows. Name columns of an index, or the key. */
  find<Row>(table: Table<Row>, where: Where<Row>): Promise<Row[]>;
  /** Reads the next rows by key, those after `after` (a key) where it is given: everything can be gone through in pages. */
  page<Row>(table: Table<Row>, options: Paging<Row>): Promise<Row[]>;
  /** How many rows there are of each combination of values of `by`. */
  count<Row, N extends keyof Row & string>(
    table: Table<Row>,
    by: readonly N[],
    where: Where<Row>,
    within?: Within<Row>,
  ): Promise<(Pick<Row, N> & { readonly count: number })[]>;
  /**
   * Adds rows; what may be null may be left out, and what a known key means is the table's to say. Answers
   * with those whose key was new.
   *
   * @throws ConstraintError [constraint-violated] where a unique index has such a row already, or a column is null that may not be.
   */
  add<Row>(table: Table<Row>, rows: readonly NewRow<Row>[]): Promise<Row[]>;
  /**
   * Changes columns of known rows: each row names its whole key and what changes, all of them the same
   * columns. Rows of unknown keys, and those that do not fit `only`, are left as they are.
   *
   * @throws ConstraintError as `add`.
   */
  change<Row, N extends keyof Row>(
    table: Table<Row>,
    rows: readonly (Pick<Row, N> & Partial<Row>)[],
    only?: Where<Row>,
  ): Promise<void>;

  /**
   * Locks these names against other transactions until this one ends, in one order for all. Any text will
   * do: a person's id, known or not, or a name for what two transactions must not both do. Lock everything
   * in one call, before reading what depends on it. Answers with the names that are locked: these and others.
   *
   * @param ofNobody names that are no person's id, for certain: looked for nowhere.
   */
  lock(names: readonly string[], ofNobody?: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Moves every row of one person to another, remembers in `merged` where they went, and deletes them.
   * What the past of both came to is thrown away. Constraints hold: end the run that must not go on first.
   */
  movePerson(from: string, into: string): Promise<void>;
  /**
   * What each of these people did within a time of their own, `after` and `upTo` left out: ever. In the order of
   * events, whatever `names` are asked for.
   */
  findBehaviour(spans: readonly BehaviourSpan[], names?: readonly string[]): Promise<EventRow[]>;
  /** Takes the next `count` places in the journey's cohorts of `size`: the cohort's number for each. */
  takePlaces(journey: string, size: number, count: number): Promise<number[]>;
  /** How many messages of the class and channel each person was let have since an instant, that one included (status not refused or withheld). */
  countMessages(
    people: readonly string[],
    channel: string,
    messageClass: Message['class'],
    since: Instant,
  ): Promise<{ person: string; count: number; oldest: Instant }[]>;
  /**
   * Marks up to `limit` rows, oldest first, as claimed by a new batch and answers with them: those that wait,
   * and those whose `notBefore` has come by `now`.
   *
   * @param behind the key of a row of the lane before which none is known to wait: those that do may be left
   * for a claim without it, so that nobody has to walk past all that was claimed before
   */
  claim(
    lane: string,
    batch: string,
    limit: number,
    now: Instant,
    behind?: string,
  ): Promise<LaneRow[]>;
  /** The oldest row of each of these lanes that it comes to by itself: how long its backlog is in time. Lanes without any are left out. */
  oldestOpen(lanes: readonly string[]): Promise<{ lane: string; at: Instant }[]>;
  /**
   * Deletes up to `limit` rows of lanes that are over, oldest first, and answers with them: those that were
   * decided before this instant.
   */
  deleteFinished(before: Instant, limit: number): Promise<LaneRow[]>;
}

/**
 * Thrown by work that finds, under its locks, that it would have to lock more: locked one call after the other,
 * two transactions can wait for each other. The store rolls back and runs it anew, and locks these names too
 * with the first that it locks: so whoever is overtaken by others again and again soon has everything.
 */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
  readonly code = 'try-again';
  readonly names: readonly string[];

  constructor(what: string, names: readonly string[]) {
    super(`${what}: changed while this transaction waited for them. Try again. [try-again]`);
    this.names = names;
  }
}

/** After so many tries the work's own error stands. */
export const MOST_TRIES = 8;

/** Refuses a row that a declared constraint forbids; the transaction that tried is rolled back. */
export class ConstraintError extends Error {
  override readonly name = 'ConstraintError';
  readonly code = 'constraint-violated';
  /** The table and its index or column, as in `enrolments.underWay`. */
  readonly constraint: string;

  constructor(constraint: string) {
    super(
      `${constraint}: expected rows that fit this constraint, received one that does not. ` +
        'Lock what it is about and look before writing. [constraint-violated]',
    );
    this.constraint = constraint;
  }
}
