/** Who people are, what they did and what they allow. Instants are milliseconds since 1970. */
import type { JsonObject } from '../../dsl/plan.ts';
import { flag, instant, json, nullable, type RowOf, table, text } from '../table.ts';

export const people = table(
  'people',
  {
    id: text(),
    /** Whatever the lead model describes; personal data lives here and nowhere else but in events. */
    profile: json<JsonObject>(),
    /** IANA zone; null where unknown (the config's fallback then counts). */
    zone: nullable(text()),
    createdAt: instant(),
  },
  { key: ['id'], updates: ['profile', 'zone'] },
);
export type Person = RowOf<typeof people>;

export type IdentityKind = 'user' | 'anonymous' | 'email';

export const identities = table(
  'identities',
  { kind: text<IdentityKind>(), value: text(), person: text() },
  { key: ['kind', 'value'], updates: ['person'], indexes: { person: { on: ['person'] } } },
);
export type Identity = RowOf<typeof identities>;

/** People who turned out to be somebody else: messages and lanes may still name who they were. */
export const merged = table(
  'merged',
  {
    id: text(),
    /** Who they are now: somebody who exists. */
    into: text(),
    /** When they turned out to be. Null: before this was kept. */
    at: nullable(instant()),
  },
  { key: ['id'], updates: ['into', 'at'], indexes: { into: { on: ['into'] } } },
);

export const events = table(
  'events',
  {
    source: text(),
    /** Unique within the source. */
    id: text(),
    person: text(),
    /** Normalised; `originalName` is what the sender wrote. */
    name: text(),
    originalName: text(),
    at: instant(),
    receivedAt: instant(),
    properties: json<JsonObject>(),
    suspectedBot: flag(),
  },
  {
    key: ['source', 'id'],
    indexes: { person: { on: ['person', 'name', 'at'] }, moments: { on: ['person', 'at'] } },
    order: ['person', 'at'],
  },
);
export type EventRow = RowOf<typeof events>;

/**
 * What long pasts come to, so that nobody reads them from their beginning again. Made of events alone: whoever adds
 * one that is not later than such an instant throws it away, and so does merging.
 */
export const pasts = table(
  'pasts',
  {
    /** The person's. */
    id: text(),
    /** What it answers for: the keys of rules, and the events that conditions mean. */
    answers: json<JsonObject>(),
    /** All that happened up to some instants, latest first. */
    checkpoints: json<readonly JsonObject[]>(),
  },
  { key: ['id'], updates: ['answers', 'checkpoints'] },
);

export type PastRow = RowOf<typeof pasts>;

export const consents = table(
  'consents',
  {
    person: text(),
    topic: text(),
    state: text<'in' | 'out'>(),
    at: instant(),
    source: text(),
  },
  { key: [], indexes: { person: { on: ['person'] } }, order: ['at'] },
);
export type Consent = RowOf<typeof consents>;

export const suppressions = table(
  'suppressions',
  {
    person: text(),
    /** Null: every channel. */
    channel: nullable(text()),
    reason: text(),
    at: instant(),
  },
  { key: [], indexes: { person: { on: ['person'] } } },
);
export type Suppression = RowOf<typeof suppressions>;

/** What did not fit of what came in: traits that the lead model does not take, events that nothing hears. */
export const misfits = table(
  'misfits',
  {
    /** Of the event that said it. */
    source: text(),
    id: text(),
    person: text(),
    at: instant(),
    /** The event's name. */
    name: text(),
    /** Which part: `traits.employees`, `event`, `properties.plan`. */
    path: text(),
    expected: text(),
    /** In kind, never the value: `text`. */
    received: text(),
    fix: nullable(text()),
  },
  {
    key: ['source', 'id', 'path'],
    indexes: { person: { on: ['person'] }, at: { on: ['at'] } },
    order: ['at'],
  },
);
export type MisfitRow = RowOf<typeof misfits>;
