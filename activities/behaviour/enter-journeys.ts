/** Who comes into which journey by what happened: an event itself, or a state that it made true. */
import type { Facts } from '../../dsl/condition.ts';
import { relevance } from '../../dsl/conditions/index.ts';
import type { ConditionPlan, JsonObject } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import type { EventRow } from '../../store/tables/index.ts';
import type { EntryRequest } from '../entry/enrol.ts';
import { factsOf } from '../facts.ts';
import { type Change, changedProfile } from './apply-items.ts';
import { asksFacts, becomesTrue } from './becomes-true.ts';
import { itemKey } from './behaviour-item.ts';
import type { FormerPeople } from './merge-leads.ts';

/** A change that may bring its person into a journey. */
export interface Candidate {
  readonly change: Change;
  readonly journey: string;
  readonly enter: ConditionPlan;
  readonly asksFacts: boolean;
}

export function entryCandidates(
  { plans }: Pick<Project, 'plans'>,
  changes: readonly Change[],
): readonly Candidate[] {
  const entered = [...plans.values()].flatMap(({ id, rules: { enter } }) =>
    enter === undefined ? [] : [{ journey: id, enter, asksFacts: asksFacts(enter) }],
  );
  if (entered.length === 0) return [];
  return changes
    .filter(({ row }) => !row.suspectedBot)
    .flatMap((change) =>
      entered
        .filter((each) => mayEnter(change, each.enter, each.asksFacts))
        .map((each) => ({ ...each, change })),
    );
}

/** Somebody new may be in a state from the very beginning. */
function mayEnter(change: Change, enter: ConditionPlan, isState: boolean): boolean {
  const { id, name, at } = change.row;
  const profile = changedProfile(change);
  const happening = { id, name, at, score: change.score, profile };
  return (change.isFirst && isState) || relevance(enter, happening, at - 1) !== 'no';
}

/**
 * @param changes all of the batch, in order of time: facts before each hold what came before it.
 * @param history all events of those whom candidates ask facts about, the new ones included.
 * @param former who was merged, by the item's key.
 */
export function entriesAmong(
  { config: { scoring } }: Pick<Project, 'config'>,
  candidates: readonly Candidate[],
  changes: readonly Change[],
  history: ReadonlyMap<string, readonly EventRow[]>,
  former: FormerPeople,
): readonly EntryRequest[] {
  const order = new Map(changes.map(({ row }, i) => [itemKey(row), i]));
  const met = candidates.filter(({ change, enter, asksFacts: asks }) => {
    const { row } = change;
    if (!asks) {
      const nothing = factsOf(scoring, {}, [], row.at);
      return becomesTrue(enter, row, [nothing], nothing);
    }
    const place = order.get(itemKey(row)) ?? 0;
    const past = (history.get(row.person) ?? []).filter(
      (each) => (order.get(itemKey(each)) ?? -1) < place,
    );
    const at = past.reduce((latest, each) => Math.max(latest, each.at), row.at);
    const facts = (profile: JsonObject, events: readonly EventRow[]): Facts =>
      factsOf(scoring, profile, events, at);
    const merged = former.get(itemKey(row));
    const before = change.isFirst ? [] : (merged ?? [{ profile: change.before, events: past }]);
    return becomesTrue(
      enter,
      row,
      before.map(({ profile, events }) => facts(profile, events)),
      facts(change.profile, inOrder([...past, row])),
    );
  });
  return met.map(({ change: { row, chain }, journey }) => ({
    person: row.person,
    journey,
    at: row.at,
    cause: itemKey(row),
    byEvent: true,
    chain,
  }));
}

const inOrder = (events: readonly EventRow[]): readonly EventRow[] =>
  [...events].sort((a, b) => a.at - b.at);
