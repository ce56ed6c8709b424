/** What is asked of any condition, whatever its kind. */
import type {
  CompositeKind,
  ConditionKind,
  Facts,
  Happening,
  Relevance,
  Verdict,
} from '../condition.ts';
import type { ConditionPlan, Instant, JsonObject, Listens } from '../plan.ts';
import type { LocalProblem } from '../problem.ts';
import * as KINDS from './kinds.ts';
import type { NamedEvent } from './named-event.ts';

type Kind = ConditionKind<JsonObject> | CompositeKind<JsonObject>;

const kinds: ReadonlyMap<string, Kind> = new Map(
  // Each kind is only ever given plans of its own kind.
  Object.values(KINDS).map((kind) => [kind.kind, kind as unknown as Kind]),
);

function kindOf({ kind }: ConditionPlan): Kind {
  const found = kinds.get(kind);
  if (found !== undefined) return found;
  throw new Error(
    `Condition kind "${kind}": expected one of ${[...kinds.keys()].join(', ')}. ` +
      'Deploy a worker whose version knows it. [unknown-condition]',
  );
}

/** Asks of the parts that are made of no others, and puts their answers together. */
function ask<T>(
  plan: ConditionPlan,
  leaf: (kind: ConditionKind<JsonObject>, plan: ConditionPlan) => T,
  together: (kind: CompositeKind<JsonObject>, parts: readonly T[]) => T,
): T {
  const kind = kindOf(plan);
  if (!('of' in kind)) return leaf(kind, plan);
  return together(
    kind,
    kind.of(plan).map((part) => ask(part, leaf, together)),
  );
}

/** Holds, with what a caller knows about each part in place of facts. */
export const holdsBy = (plan: ConditionPlan, verdict: (part: ConditionPlan) => Verdict): Verdict =>
  ask<Verdict>(
    plan,
    (_, part) => verdict(part),
    (kind, parts) => {
      const holds = kind.holds(parts.map((part) => part.holds));
      const changes = parts.flatMap(({ changesAt }) => changesAt ?? []);
      return changes.length === 0 ? { holds } : { holds, changesAt: Math.min(...changes) };
    },
  );

export const holds = (plan: ConditionPlan, facts: Facts, since: Instant): Verdict =>
  holdsBy(plan, (part) => leafOf(part).holds(part, facts, since));

/** As `holds`, where until when is of no interest. */
export const holdsNow = (plan: ConditionPlan, facts: Facts, since: Instant): boolean =>
  holdsBy(plan, (part) => {
    const now = leafOf(part).holdsNow?.(part, facts, since);
    return now === undefined ? leafOf(part).holds(part, facts, since) : { holds: now };
  }).holds;

/** The events that any of these conditions looks at, each once. */
export function meantIn(plans: readonly ConditionPlan[]): readonly NamedEvent[] {
  const meant = plans.flatMap(leavesOf).flatMap((leaf) => leafOf(leaf).means?.(leaf) ?? []);
  return [...new Map(meant.map((each) => [JSON.stringify(each), each])).values()];
}

export const relevance = (plan: ConditionPlan, happening: Happening, since: Instant): Relevance =>
  ask<Relevance>(
    plan,
    (kind, part) => kind.relevance(part, happening, since),
    (kind, parts) => kind.relevance(parts),
  );

export const isState = (plan: ConditionPlan): boolean =>
  ask<boolean>(
    plan,
    (kind) => kind.isState,
    (kind, parts) => kind.isState(parts),
  );

export const labelCondition = (plan: ConditionPlan): string =>
  ask<string>(
    plan,
    (kind, part) => kind.label(part),
    (kind, parts) => kind.label(parts),
  );

/** The conditions that it is made of, down to those that are made of no others. */
export function leavesOf(plan: ConditionPlan): readonly ConditionPlan[] {
  return ask<readonly ConditionPlan[]>(
    plan,
    (_, part) => [part],
    (_, parts) => parts.flat(),
  );
}

/** What is wrong with it and with all that it is made of. */
export function checkCondition(plan: ConditionPlan): readonly LocalProblem[] {
  const kind = kindOf(plan);
  const parts = 'of' in kind ? kind.of(plan).flatMap(checkCondition) : [];
  return [...(kind.check?.(plan) ?? []), ...parts];
}

/** What can change the verdict of any of these conditions. */
export function listensTo(plans: readonly ConditionPlan[]): Listens {
  const heard = plans.flatMap(leavesOf).flatMap((leaf) => leafOf(leaf).listens?.(leaf) ?? []);
  return {
    events: [...new Set(heard.flatMap((each) => each.events ?? []))].sort(),
    score: heard.some((each) => each.score === true),
    profile: heard.some((each) => each.profile === true),
  };
}

/** The names of the author's own code that it asks. */
export const ownCodeIn = (plan: ConditionPlan): readonly string[] =>
  leavesOf(plan).flatMap((leaf) => leafOf(leaf).ownCode?.(leaf) ?? []);

/** What a verdict rests on. */
export const looksAt = (plan: ConditionPlan, facts: Facts, since: Instant): JsonObject =>
  Object.assign(
    {},
    ...leavesOf(plan).map((leaf) => leafOf(leaf).looksAt?.(leaf, facts, since) ?? {}),
  );

/** Something that would make it true. */
export const exampleOf = (plan: ConditionPlan) =>
  leavesOf(plan)
    .map((leaf) => leafOf(leaf).example?.(leaf))
    .find((example) => example !== undefined);

/** Of a condition that is made of no others. */
const leafOf = (plan: ConditionPlan): ConditionKind<JsonObject> =>
  kindOf(plan) as ConditionKind<JsonObject>;
