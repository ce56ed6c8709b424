/** Every kind of condition, and the questions that the rest of the house asks of any of them. */
import type { ConditionKind, Facts, Happening, Relevance, Verdict } from '../condition.ts';
import type { ConditionPlan, Instant, JsonObject, Listens } from '../plan.ts';
import { allHold, anyHolds, notHolds } from './all-any-not.ts';
import { eventHappened } from './event-happened.ts';
import { eventOccurs } from './event-occurs.ts';
import { leadIs } from './lead-is.ts';
import { ownCheck } from './own-check.ts';
import { scoreLevel } from './score-level.ts';

/** Built at the first question: the kinds made of others import this file. */
let byKind: Map<string, ConditionKind<JsonObject>> | undefined;

export function conditionKind(plan: ConditionPlan): ConditionKind<JsonObject> {
  byKind ??= new Map(
    [allHold, anyHolds, notHolds, eventHappened, eventOccurs, leadIs, ownCheck, scoreLevel].map(
      // Each kind is only ever given plans of its own kind.
      (kind) => [kind.kind, kind as unknown as ConditionKind<JsonObject>],
    ),
  );
  const kind = byKind.get(plan.kind);
  if (kind === undefined) {
    throw new Error(
      `Condition kind "${plan.kind}": expected one of ${[...byKind.keys()].join(', ')}. ` +
        'Deploy a worker whose version knows it. [unknown-condition]',
    );
  }
  return kind;
}

export const holds = (plan: ConditionPlan, facts: Facts, since: Instant): Verdict =>
  conditionKind(plan).holds(plan, facts, since);

export const relevance = (plan: ConditionPlan, happening: Happening, since: Instant): Relevance =>
  conditionKind(plan).relevance(plan, happening, since);

export const isState = (plan: ConditionPlan): boolean => conditionKind(plan).isState(plan);

export const labelCondition = (plan: ConditionPlan): string => conditionKind(plan).label(plan);

/** The condition and all that it is made of. */
export function partsOf(plan: ConditionPlan): readonly ConditionPlan[] {
  return [plan, ...(conditionKind(plan).of?.(plan) ?? []).flatMap(partsOf)];
}

/** What can change the verdict of any of these conditions. */
export function listensTo(plans: readonly ConditionPlan[]): Listens {
  const heard = plans.flatMap(partsOf).map((part) => conditionKind(part).listens(part));
  return {
    events: [...new Set(heard.flatMap((each) => each.events ?? []))].sort(),
    score: heard.some((each) => each.score === true),
    profile: heard.some((each) => each.profile === true),
  };
}

export const asksOwnCode = (plan: ConditionPlan): boolean =>
  partsOf(plan).some((part) => part.kind === 'check');
