/** Where somebody stands, with all that is needed to go on from there: what a cohort holds and the store keeps. */
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Request } from '../dsl/step.ts';
import { advance, type Input } from './advance.ts';
import type { End, Run, Way } from './run.ts';
import type { Setting } from './situation.ts';

export interface Position {
  readonly run: Run;
  /** What the run has asked of the world and has no answer to. */
  readonly open?: { readonly request: Request; readonly at: Instant };
  /** Why it cannot go on, and the input that it could not take; without one, its request cannot be answered. */
  readonly parked?: { readonly error: string; readonly input?: Input };
  /** What came meanwhile, in order. */
  readonly waiting?: readonly Waiting[];
}

/** An input that a run cannot take yet. */
export interface Waiting {
  readonly input: Input;
  readonly due: Instant;
}

/** A move that the store is to hear of: where it led, and the ways that were taken. */
export interface Move {
  readonly position: Position;
  readonly at: Instant;
  /** Set once the run is over. */
  readonly end?: End | undefined;
  readonly ways: readonly Way[];
}

/** Where an input leads a run: found alike by its cohort and by whoever knows of the input before it. */
export function moveBy(plan: Plan, before: Run, input: Input, setting: Setting): Move {
  const { run, request, end, ways } = advance(plan, before, input, setting);
  const { at } = setting;
  return {
    position: request === undefined ? { run } : { run, open: { request, at } },
    at,
    end,
    ways,
  };
}

/** The same but for what is asked again anyway: when triggers may change, and numbers of requests. */
export const isSamePlace = (a: Run, b: Run): boolean =>
  a.step === b.step &&
  a.since === b.since &&
  a.wakeAt === b.wakeAt &&
  a.zone === b.zone &&
  a.ways === b.ways &&
  (a.phase === b.phase || JSON.stringify(a.phase) === JSON.stringify(b.phase)) &&
  areSame(a.scopes, b.scopes) &&
  areSame(a.marks, b.marks);

type Instants = { readonly [key: string]: Instant };

/** Both are of the same step, so they have the same keys. */
const areSame = (a: Instants, b: Instants): boolean =>
  a === b || Object.keys(a).every((key) => a[key] === b[key]);

/** As its entry left it: nothing has come of its first request yet. */
export const isJustEntered = ({ run, open }: Position): boolean =>
  run.since === run.entered && run.requests === (open === undefined ? 0 : 1);

/** As a store keeps it: without what is asked again. */
export const asKept = (position: Position): Position => ({
  ...position,
  run: { ...position.run, rechecks: {} },
});
