/**
 * The store's port: dumb, set-based reads and writes inside transactions. What they mean is decided
 * in `activities/`; three implementations (memory, PGlite, Postgres) pass one contract suite.
 */
import type { Instant, Json, JsonObject, StepId } from '../dsl/plan.ts';
import type {
  Consent,
  CrmLink,
  Decision,
  Enrolment,
  EnrolmentStatus,
  EventRow,
  Identity,
  IdentityKind,
  Lane,
  LaneRow,
  LeadScore,
  Message,
  MessageStatus,
  Person,
  ScoreEntry,
  Suppression,
} from './rows.ts';

export interface Store {
  /**
   * Runs `work` in one transaction: all of it, or (when it throws) none. Reads and writes about
   * people behave as if transactions ran one after the other where `lock` comes first. One inside
   * another waits for ever: hand `tx` on instead.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Resolves when rows may have been added to the lane since the last `claim` of this store, after
   * `timeoutMs`, or when `signal` aborts; so claim first, wait only when that found nothing, and
   * claim again. Crosses processes where the database can (LISTEN/NOTIFY). May resolve early.
   */
  waitForRows(lane: Lane, timeoutMs: number, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Sets come back in no special order unless one is named; each row once, however often it was asked for. */
export interface Transaction {
  /**
   * Locks these people against other transactions until this one ends, in id order. Any text will do:
   * the id of somebody who is not added yet, or a name for what two transactions must not both do.
   * Lock everything in one call, before reading what depends on it.
   */
  lock(people: readonly string[]): Promise<void>;

  people(ids: readonly string[]): Promise<Person[]>;
  /** Adds, or replaces profile and zone of those that exist. */
  putPeople(rows: readonly Person[]): Promise<void>;
  identities(wanted: readonly { kind: IdentityKind; value: string }[]): Promise<Identity[]>;
  identitiesOf(people: readonly string[]): Promise<Identity[]>;
  /** Adds, or points an existing identity at another person. */
  putIdentities(rows: readonly Identity[]): Promise<void>;
  /**
   * Moves everything of one person to another (identities, events, score entries, consents,
   * suppressions, enrolments, messages, decisions, lane rows) and deletes the first with their lead
   * score. Of two live runs in one journey the older goes on (of equals, that of `into`); the other
   * becomes `merged`, its `endedAt` left to `putPositions`. Repeated score entries are dropped.
   */
  mergePeople(from: string, into: string): Promise<void>;

  /** Adds events; answers with those that were new (by source and id). */
  addEvents(rows: readonly EventRow[]): Promise<EventRow[]>;
  /** By person then instant, ascending; all names where `names` is absent. */
  events(people: readonly string[], names?: readonly string[]): Promise<EventRow[]>;
  /** Adds; rows whose person, source, event and rule exist are left as they are. */
  addScoreEntries(rows: readonly ScoreEntry[]): Promise<void>;
  scoreEntries(people: readonly string[]): Promise<ScoreEntry[]>;
  putLeadScores(rows: readonly LeadScore[]): Promise<void>;
  leadScores(people: readonly string[]): Promise<LeadScore[]>;

  addConsents(rows: readonly Consent[]): Promise<void>;
  /** The latest row per person and topic; of two at one instant, the one added last. */
  consents(people: readonly string[]): Promise<Consent[]>;
  addSuppressions(rows: readonly Suppression[]): Promise<void>;
  suppressions(people: readonly string[]): Promise<Suppression[]>;

  /** Takes the next `count` places in the journey's cohorts of `size`: the cohort's number for each. */
  takePlaces(journey: string, size: number, count: number): Promise<number[]>;
  /**
   * Adds; rows whose id exists are left as they are.
   *
   * @throws LiveRunError [live-run-exists] for a second live run of one person in one journey
   */
  addEnrolments(rows: readonly Enrolment[]): Promise<void>;
  /** Filters combine with AND. */
  enrolments(where: EnrolmentFilter): Promise<Enrolment[]>;
  putPositions(rows: readonly Position[]): Promise<void>;
  /** How many people stand at each step of a journey, live ones only. */
  countSteps(journey: string): Promise<{ step: StepId | null; count: number }[]>;

  /** Filters combine with AND; by instant, then in the order of arrival. */
  decisions(where: {
    keys?: readonly string[];
    runs?: readonly string[];
    journey?: string;
    people?: readonly string[];
  }): Promise<Decision[]>;
  /** Adds; rows whose key exists are left as they are. */
  addDecisions(rows: readonly Decision[]): Promise<void>;

  /** Adds; rows whose key exists are left as they are. */
  addMessages(rows: readonly Message[]): Promise<void>;
  /** Filters combine with AND, `since` included; by instant, then in the order of arrival. */
  messages(where: {
    keys?: readonly string[];
    people?: readonly string[];
    since?: Instant;
  }): Promise<Message[]>;
  /** How many messages of the class and channel each person was let have since an instant, that one included (status not refused or withheld). */
  countMessages(
    people: readonly string[],
    channel: string,
    messageClass: string,
    since: Instant,
  ): Promise<{ person: string; count: number; oldest: Instant }[]>;
  putRendered(rows: readonly { key: string; rendered: Json }[]): Promise<void>;
  putMessageOutcomes(
    rows: readonly {
      key: string;
      status: MessageStatus;
      code: string | null;
      providerId: string | null;
    }[],
  ): Promise<void>;

  /** Adds rows and wakes the lane when the transaction commits; rows whose key exists are left. */
  addLaneRows(rows: readonly NewLaneRow[]): Promise<void>;
  /** Marks up to `limit` waiting rows, oldest first, as claimed by a new batch and answers with them. */
  claim(lane: Lane, batch: string, limit: number): Promise<LaneRow[]>;
  /** Rows of batches that were claimed and never finished, by batch, oldest first. */
  unfinished(lane: Lane): Promise<LaneRow[]>;
  /** Records outcomes; rows put back to `waiting` leave their batch, keep their place and ring no bell. */
  finish(
    rows: readonly {
      lane: Lane;
      key: string;
      status: 'done' | 'failed' | 'waiting';
      code: string | null;
      detail: string | null;
    }[],
  ): Promise<void>;
  /** Filters combine with AND; in the order of arrival. `open`: waiting or claimed. */
  laneRows(where: {
    lane?: Lane;
    keys?: readonly string[];
    cohort?: string;
    open?: boolean;
  }): Promise<LaneRow[]>;
  /** Rows still waiting or claimed for a cohort, over all lanes. */
  countOpen(cohort: string): Promise<number>;

  crmLinks(keys: readonly string[]): Promise<CrmLink[]>;
  putCrmLinks(rows: readonly CrmLink[]): Promise<void>;

  /** Small named values: counters of round robins, the relay's marks. */
  value(name: string): Promise<Json | undefined>;
  putValue(name: string, value: Json): Promise<void>;
}

export interface EnrolmentFilter {
  readonly ids?: readonly string[];
  readonly people?: readonly string[];
  readonly journey?: string;
  readonly status?: EnrolmentStatus;
  readonly step?: StepId;
}

/** Where a run stands now. */
export interface Position {
  readonly run: string;
  readonly status: EnrolmentStatus;
  readonly step: StepId | null;
  readonly since: Instant;
  readonly endedAt: Instant | null;
  readonly error: string | null;
}

export type NewLaneRow = Pick<LaneRow, 'lane' | 'key' | 'cohort' | 'person' | 'at'> & {
  readonly payload: JsonObject;
};
