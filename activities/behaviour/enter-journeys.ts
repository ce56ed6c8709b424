/** Who comes into which journey by what happened: an event itself, or a state that it made true. */
import type { Facts } from '../../dsl/condition.ts';
import { meantIn, relevance } from '../../dsl/conditions/index.ts';
import type { ConditionPlan, Instant } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { NO_SCORE } from '../../dsl/scoring/no-score.ts';
import type { ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import { groupBy } from '../../store/group-by.ts';
import type { EntryRequest } from '../entry/enrol.ts';
import { factsOf } from '../past/facts.ts';
import { type GrowingPast, growingPast } from '../past/growing-past.ts';
import type { LoadedPast, Looks } from '../past/load-pasts.ts';
import { inSlices } from '../past/slices.ts';
import { type Change, changedProfile } from './apply-items.ts';
import { asksFacts, heldBefore, holdsWith } from './becomes-true.ts';
import { itemKey } from './behaviour-item.ts';
import type { FormerPeople, FormerPerson } from './former-people.ts';

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

/** The events that these conditions and the scoring model look at. */
export const looksOf = (
  { config: { scoring: model } }: Pick<Project, 'config'>,
  candidates: readonly Candidate[],
): Looks => ({
  model,
  meant: meantIn([...new Set(candidates.map(({ enter }) => enter))]),
});

/**
 * @param changes all of the batch, in order of time: facts before each hold what came before it.
 * @param pasts of those whom candidates ask facts about, the new events included.
 * @param former who was merged, by the item's key.
 */
export async function entriesAmong(
  { config: { scoring } }: Pick<Project, 'config'>,
  candidates: readonly Candidate[],
  changes: readonly Change[],
  pasts: ReadonlyMap<string, LoadedPast>,
  former: FormerPeople,
): Promise<readonly EntryRequest[]> {
  const isNew = new Set(changes.map(({ row }) => itemKey(row)));
  const growing = new Map<string, GrowingPast>();
  for (const [person, { start, rows, meant }] of pasts) {
    const past = growingPast(scoring, meant, start);
    await inSlices(rows, (row) => {
      if (!isNew.has(itemKey(row))) past.add(row);
    });
    growing.set(person, past);
  }
  const candidatesOf = groupBy(candidates, ({ change }) => change);
  const requests: EntryRequest[] = [];
  await inSlices(changes, (change) => {
    const { row } = change;
    const past = growing.get(row.person);
    const own = candidatesOf.get(change) ?? [];
    const nothing = nothingAt(row.at);
    const isAsked = own.some(({ asksFacts: asks }) => asks);
    const before = isAsked ? factsBefore(scoring, change, past, former.get(itemKey(row))) : [];
    const fresh = own.filter(
      ({ enter, asksFacts: asks }) =>
        !(asks ? before : [nothing]).some((facts) => heldBefore(enter, facts)),
    );
    past?.add(row);
    const after = past?.facts(change.profile, row.at) ?? nothing;
    for (const { journey, enter, asksFacts: asks } of fresh) {
      if (!holdsWith(enter, row, asks ? after : nothing)) continue;
      requests.push({
        person: row.person,
        journey,
        at: row.at,
        cause: itemKey(row),
        byEvent: true,
        zone: change.inZone,
        chain: change.chain,
      });
    }
  });
  return requests;
}

/** One for each person that the lead was till then: none for somebody new. */
function factsBefore(
  model: ScoringModel | undefined,
  { row, isFirst, before }: Change,
  past: GrowingPast | undefined,
  former: readonly FormerPerson[] | undefined,
): readonly Facts[] {
  if (isFirst || past === undefined) return [];
  const facts = past.facts(before, row.at);
  if (former === undefined) return [facts];
  return former.map(({ profile, events }) =>
    factsOf(model, profile, { start: null, rows: events }, facts.at),
  );
}

const nothingAt = (at: Instant): Facts => ({ at, profile: {}, behaviour: [], ...NO_SCORE });
