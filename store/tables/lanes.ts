/** What is to leave: messages, and the rows of the lanes that carry them and everything else out. */
import type { Json, JsonObject, StepId } from '../../dsl/plan.ts';
import { count, instant, json, type NewRow, nullable, type RowOf, table, text } from '../table.ts';

export type MessageStatus = 'waiting' | 'sent' | 'refused' | 'unknown' | 'withheld';

/** What became of messages that use up no cap. */
export const REACHED_NOBODY: readonly MessageStatus[] = ['refused', 'withheld'];

export const messages = table(
  'messages',
  {
    /** journey/lead/run/step; unique, and the provider's idempotency seed. */
    key: text(),
    run: text(),
    journey: text(),
    person: text(),
    step: text<StepId>(),
    channel: text(),
    template: text(),
    topic: nullable(text()),
    class: text<'marketing' | 'transactional'>(),
    /** A team member's id or `owner`; null: the brand. */
    from: nullable(text()),
    /** When the gate let it through; caps count this. */
    at: instant(),
    status: text<MessageStatus>(),
    code: nullable(text()),
    providerId: nullable(text()),
    /** Rendered once, before the first attempt, and kept for every later one. */
    rendered: nullable(json<Json>()),
  },
  {
    key: ['key'],
    indexes: { person: { on: ['person', 'channel', 'class', 'at'] } },
    order: ['at'],
  },
);
export type Message = RowOf<typeof messages>;

/**
 * `claimed`: in a batch that may have been accepted. `parted`: in one that was put together and never sent.
 * `later`: tried in vain, and waits for its `notBefore`. `aside`: tried in vain so often that it waits for
 * somebody who has it tried again, under the key of its batch where it has one.
 */
export type LaneStatus = 'waiting' | 'claimed' | 'parted' | 'later' | 'aside' | 'done' | 'failed';

/** Rows of a lane that it comes to by itself. */
export const OPEN: readonly LaneStatus[] = ['waiting', 'claimed', 'parted', 'later'];

/** Rows that are not over. */
export const UNFINISHED: readonly LaneStatus[] = [...OPEN, 'aside'];

/** Rows that are over: kept for a while. */
export const FINISHED: readonly LaneStatus[] = ['done', 'failed'];

export const laneRows = table(
  'lane_rows',
  {
    lane: text(),
    key: text(),
    /** The cohort (workflow id) that caused it or is to hear it. */
    cohort: text(),
    person: text(),
    payload: json<JsonObject>(),
    /** The instant (virtual while time is skipped) at which it was decided. */
    at: instant(),
    status: text<LaneStatus>(),
    /** The batch it was claimed in; a batch that was cut short is sent again as it was. */
    batch: nullable(text()),
    code: nullable(text()),
    detail: nullable(text()),
    /** How often it was tried in vain since it was added, or since somebody had it tried again. */
    attempts: count(),
    /** Not tried again before this. */
    notBefore: nullable(instant()),
    /** From when on it failed while others of its lane did not. */
    since: nullable(instant()),
  },
  {
    key: ['lane', 'key'],
    indexes: {
      // Finished rows are kept and soon are nearly all: this one leaves them out.
      unfinished: { on: ['lane', 'status', 'seq'], when: { status: UNFINISHED } },
      later: { on: ['lane', 'notBefore', 'seq'], when: { status: ['later'] } },
      finished: { on: ['at'], when: { status: FINISHED } },
      person: { on: ['person'] },
    },
    wakes: 'lane',
  },
);
export type LaneRow = RowOf<typeof laneRows>;

/** A CRM object that we made: our key → its id there. */
export const crmLinks = table(
  'crm_links',
  {
    key: text(),
    kind: text(),
    externalId: text(),
    /** The key under which it was made, where that is another's: somebody who was merged. */
    madeAs: nullable(text()),
  },
  { key: ['key'], updates: ['kind', 'externalId', 'madeAs'] },
);
export type CrmLink = RowOf<typeof crmLinks>;
export type NewCrmLink = NewRow<CrmLink>;

/** Small named values: secrets that are made once, the store's own name. */
export const values = table(
  'named_values',
  { name: text(), value: nullable(json<Json>()) },
  { key: ['name'], updates: ['value'] },
);
