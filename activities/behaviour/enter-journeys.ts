/** Who comes into which journey by what happened: an event itself, or a state that it made true. */
import type { Facts } from '../../dsl/condition.ts';
import { relevance } from '../../dsl/conditions/index.ts';
import type { ConditionPlan, JsonObject } from '../../dsl/plan.ts';
import type { EventRow } from '../../store/rows.ts';
import type { EntryRequest } from '../entry/enrol.ts';
import { factsOf } from '../load-facts.ts';
import type { World } from '../world.ts';
import { asksFacts, becomesTrue } from './becomes-true.ts';
import { itemKey } from './behaviour-item.ts';
import { changedProfile, type Moment } from './moment.ts';

/** A moment that may bring its person into a journey. */
export interface Candidate {
  readonly moment: Moment;
  readonly journey: string;
  readonly enter: ConditionPlan;
  readonly asksFacts: boolean;
}

/** Somebody as they were before they turned out to be the same as another. */
export interface FormerPerson {
  readonly profile: JsonObject;
  readonly events: readonly EventRow[];
}

export function entryCandidates(world: World, moments: readonly Moment[]): readonly Candidate[] {
  const entered = [...world.project.plans.values()].flatMap(({ id, rules: { enter } }) =>
    enter === undefined ? [] : [{ journey: id, enter, asksFacts: asksFacts(enter) }],
  );
  if (entered.length === 0) return [];
  return moments
    .filter(({ row }) => !row.suspectedBot)
    .flatMap((moment) =>
      entered
        .filter((each) => mayEnter(moment, each.enter, each.asksFacts))
        .map((each) => ({ ...each, moment })),
    );
}

/** Somebody new may be in a state from the very beginning. */
function mayEnter(moment: Moment, enter: ConditionPlan, isState: boolean): boolean {
  const { id, name, at } = moment.row;
  const profile = changedProfile(moment);
  const happening = { id, name, at, score: moment.score, profile };
  return (moment.isFirst && isState) || relevance(enter, happening, at - 1) !== 'no';
}

/**
 * @param moments all of the batch, in order of time: facts before each hold what came before it.
 * @param history all events of those whom candidates ask facts about, the new ones included.
 * @param former who was merged at a moment, by its item's key.
 */
export function entriesAmong(
  world: World,
  candidates: readonly Candidate[],
  moments: readonly Moment[],
  history: ReadonlyMap<string, readonly EventRow[]>,
  former: ReadonlyMap<string, readonly FormerPerson[]>,
): readonly EntryRequest[] {
  const order = new Map(moments.map(({ row }, i) => [itemKey(row), i]));
  const met = candidates.filter(({ moment, enter, asksFacts: asks }) => {
    const { row } = moment;
    if (!asks) {
      const nothing = factsOf(world, {}, [], row.at);
      return becomesTrue(enter, row, [nothing], nothing);
    }
    const place = order.get(itemKey(row)) ?? 0;
    const past = (history.get(row.person) ?? []).filter(
      (each) => (order.get(itemKey(each)) ?? -1) < place,
    );
    const at = past.reduce((latest, each) => Math.max(latest, each.at), row.at);
    const facts = (profile: JsonObject, events: readonly EventRow[]): Facts =>
      factsOf(world, profile, events, at);
    const merged = former.get(itemKey(row));
    const before = moment.isFirst ? [] : (merged ?? [{ profile: moment.before, events: past }]);
    return becomesTrue(
      enter,
      row,
      before.map(({ profile, events }) => facts(profile, events)),
      facts(moment.profile, inOrder([...past, row])),
    );
  });
  return met.map(({ moment: { row }, journey }) => ({
    person: row.person,
    journey,
    at: row.at,
    cause: itemKey(row),
  }));
}

const inOrder = (events: readonly EventRow[]): readonly EventRow[] =>
  [...events].sort((a, b) => a.at - b.at);
