/** The rows that every store keeps, in the words of the domain. Instants are milliseconds since 1970. */
import type { Instant, Json, JsonObject, StepId } from '../dsl/plan.ts';

export interface Person {
  readonly id: string;
  /** Whatever the lead model describes; personal data lives here and nowhere else but in events. */
  readonly profile: JsonObject;
  /** IANA zone; null where unknown (the config's fallback then counts). */
  readonly zone: string | null;
  readonly createdAt: Instant;
}

export type IdentityKind = 'user' | 'anonymous' | 'email';
export interface Identity {
  readonly kind: IdentityKind;
  readonly value: string;
  readonly person: string;
}

export interface EventRow {
  readonly source: string;
  readonly id: string;
  readonly person: string;
  /** Normalised; `originalName` is what the sender wrote. */
  readonly name: string;
  readonly originalName: string;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly properties: JsonObject;
  readonly suspectedBot: boolean;
}

/** One rule of the scoring model that one event (or profile) met. Append-only. */
export interface ScoreEntry {
  readonly person: string;
  readonly source: string;
  readonly event: string;
  readonly rule: string;
  readonly points: number;
  readonly at: Instant;
}

/** The projection: the score as it was at `at`, for lists and reports; decisions recompute it. */
export interface LeadScore {
  readonly person: string;
  readonly total: number;
  readonly grade: string | null;
  readonly at: Instant;
}

export interface Consent {
  readonly person: string;
  readonly topic: string;
  readonly state: 'in' | 'out';
  readonly at: Instant;
  readonly source: string;
}

/** `channel` null: every channel. */
export interface Suppression {
  readonly person: string;
  readonly channel: string | null;
  readonly reason: string;
  readonly at: Instant;
}

export type EnrolmentStatus = 'live' | 'completed' | 'goal' | 'exit' | 'merged' | 'parked';
export interface Enrolment {
  /** The run id: opaque, unique for all time. */
  readonly id: string;
  readonly journey: string;
  readonly person: string;
  readonly plan: string;
  /** Workflow id of the cohort that carries the run. */
  readonly cohort: string;
  readonly status: EnrolmentStatus;
  readonly step: StepId | null;
  readonly since: Instant;
  readonly enteredAt: Instant;
  readonly endedAt: Instant | null;
  /** Why a run is parked. */
  readonly error: string | null;
}

/** One answer of the gate, or one thing that the journey did: a line of the person's story. */
export interface Decision {
  /** Unique: `<run>:<call number>`; a repeated call finds its first answer here. */
  readonly key: string;
  readonly run: string;
  readonly journey: string;
  readonly person: string;
  readonly plan: string;
  readonly step: StepId;
  readonly at: Instant;
  /** What was decided about, in the story's words: `email intro`, `call check-in`, `handoff`. */
  readonly what: string;
  readonly verdict: 'send' | 'skip' | 'defer' | 'leave' | 'done' | 'enter' | 'end' | 'refuse';
  readonly reason: string | null;
  /** The instant of a deferral. */
  readonly until: Instant | null;
  /** The answer that the run was given, to be given again. */
  readonly answer: Json;
  readonly gitSha: string | null;
}

export type MessageStatus = 'waiting' | 'sent' | 'refused' | 'unknown' | 'withheld';
export interface Message {
  /** journey/lead/run/step/occurrence; unique, and the provider's idempotency seed. */
  readonly key: string;
  readonly run: string;
  readonly journey: string;
  readonly person: string;
  readonly step: StepId;
  readonly channel: string;
  readonly template: string;
  readonly topic: string | null;
  readonly class: 'marketing' | 'transactional';
  /** A team member's id or `owner`; null: the brand. */
  readonly from: string | null;
  /** When the gate let it through; caps count this. */
  readonly at: Instant;
  readonly status: MessageStatus;
  readonly code: string | null;
  readonly providerId: string | null;
  /** Rendered once, before the first attempt, and kept for every later one. */
  readonly rendered: Json;
}

export type Lane = 'email' | 'crm' | 'signals';
export type LaneStatus = 'waiting' | 'claimed' | 'done' | 'failed';
export interface LaneRow {
  readonly lane: Lane;
  readonly key: string;
  /** What its effects are awaited by: the cohort (workflow id) that caused it or is to hear it. */
  readonly cohort: string;
  readonly person: string;
  readonly payload: JsonObject;
  /** The instant (virtual while time is skipped) at which it was decided. */
  readonly at: Instant;
  readonly status: LaneStatus;
  /** The batch it was claimed in; a batch that was cut short is sent again as it was. */
  readonly batch: string | null;
  readonly code: string | null;
  readonly detail: string | null;
}

/** A CRM object that we made: our key → its id there. */
export interface CrmLink {
  readonly key: string;
  readonly kind: string;
  readonly externalId: string;
}
