/** Where people stand in journeys, and the ledger of what journeys decided and did. */
import type { Json, JsonObject, StepId } from '../../dsl/plan.ts';
import type { Position } from '../../engine/position.ts';
import { type RunStatus, UNDER_WAY } from '../../engine/run.ts';
import { count, instant, json, type NewRow, nullable, type RowOf, table, text } from '../table.ts';

export const enrolments = table(
  'enrolments',
  {
    /** The run id: opaque, unique for all time. */
    id: text(),
    journey: text(),
    person: text(),
    /** Hash of the plan. */
    plan: text(),
    /** Workflow id of the cohort that carries the run. */
    cohort: text(),
    status: text<RunStatus>(),
    step: nullable(text<StepId>()),
    since: instant(),
    enteredAt: instant(),
    endedAt: nullable(instant()),
    /** Why a run is parked. */
    error: nullable(text()),
    /** All that is needed to go on from here; null once the run is over. */
    position: nullable(json<Position>()),
  },
  {
    key: ['id'],
    indexes: {
      // Neither step nor since is indexed: a person who moves on rewrites no index.
      journey: { on: ['journey', 'status'] },
      person: { on: ['person'] },
      underWay: { on: ['person', 'journey'], unique: true, when: { status: UNDER_WAY } },
      cohort: { on: ['cohort'], when: { status: UNDER_WAY } },
      plan: { on: ['plan'], when: { status: UNDER_WAY } },
    },
  },
);
export type Enrolment = RowOf<typeof enrolments>;

export type Verdict =
  | 'send'
  | 'skip'
  | 'defer'
  | 'leave'
  | 'done'
  /** A way out of a step that has several: a branch, the end of a wait, a block left. */
  | 'way'
  /** The author's own code has answered. */
  | 'ran'
  | 'enter'
  | 'end'
  | 'refuse';

/** Each answer of the gate, each thing that a journey did, each way that it took: the lines of a person's story. */
export const decisions = table(
  'decisions',
  {
    /** Unique: the run with the number of its request or way; a repeat finds its first answer here. */
    key: text(),
    run: text(),
    journey: text(),
    person: text(),
    plan: text(),
    step: text<StepId>(),
    at: instant(),
    /** What was decided about, in the story's words: `email intro`, `handoff to owner, 48 h`. */
    what: text(),
    verdict: text<Verdict>(),
    /** Of a way: which one, `yes`. */
    outcome: nullable(text()),
    reason: nullable(text()),
    /** The instant of a deferral. */
    until: nullable(instant()),
    /** What the decision looked at: `{ score: 82 }`. */
    looked: nullable(json<JsonObject>()),
    /** The answer that the run was given, to be given again. */
    answer: nullable(json<Json>()),
    gitSha: nullable(text()),
  },
  {
    key: ['key'],
    indexes: {
      run: { on: ['run'] },
      person: { on: ['person'] },
      journey: { on: ['journey', 'at'] },
    },
    order: ['at'],
  },
);
export type Decision = RowOf<typeof decisions>;
export type NewDecision = NewRow<Decision>;

/** The next free place in the cohorts of a journey. */
export const places = table(
  'places',
  { journey: text(), taken: count() },
  { key: ['journey'], updates: ['taken'] },
);
