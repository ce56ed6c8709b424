/** New items applied to the people whom they are about, in the order in which they happened. Pure. */
import { houseEvents } from '../../dsl/house-events.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import { touchesScore } from '../../dsl/scoring/touches-score.ts';
import type { EventRow, Person } from '../../store/rows.ts';
import { itemKey, type BehaviourItem } from './behaviour-item.ts';
import { mergeTraits, zoneOf, type SaidBefore } from './merge-traits.ts';
import type { Moment } from './moment.ts';
import type { Merge } from './resolve-people.ts';

/** An item that was not a duplicate, as it was recorded. */
export interface NewItem {
  readonly item: BehaviourItem;
  readonly row: EventRow;
  readonly merges: readonly Merge[];
}

export interface Applied {
  readonly moments: readonly Moment[];
  /** Those who are new or whose profile or zone changed. */
  readonly people: readonly Person[];
}

/**
 * @param before everybody concerned, those who are merged away included.
 * @param said what was said of these people in traits, by person.
 */
export function applyItems(
  news: readonly NewItem[],
  before: ReadonlyMap<string, Person>,
  created: readonly Person[],
  said: ReadonlyMap<string, readonly EventRow[]>,
  model: ScoringModel | undefined,
): Applied {
  const people = new Map(before);
  const unseen = new Set(created.map(({ id }) => id));
  const changed = new Set(unseen);
  for (const person of created) people.set(person.id, person);
  const ordered = [...news].sort((a, b) => a.row.at - b.row.at);
  const moments = ordered.flatMap(({ item, row, merges }): Moment[] => {
    const person = people.get(row.person);
    if (person === undefined) return [];
    const joined = merges.reduce((now, merge) => join(now, merge, people), person);
    const others = (said.get(person.id) ?? []).filter((other) => itemKey(other) !== itemKey(row));
    const profile = mergeTraits(joined.profile, traitsOf(item, joined), row.at, others.map(saidBy));
    const zone = profile === joined.profile ? joined.zone : (zoneOf(profile) ?? joined.zone);
    if (profile !== person.profile || zone !== person.zone) {
      changed.add(person.id);
      people.set(person.id, { ...person, profile, zone });
    }
    const isFirst = unseen.delete(person.id);
    const touched =
      model !== undefined &&
      (merges.length > 0 || touchesScore(model, row, profile !== person.profile));
    return [
      {
        row,
        isFirst,
        before: person.profile,
        profile,
        ...(zone !== null && zone !== person.zone ? { zone } : {}),
        score: touched,
      },
    ];
  });
  return {
    moments,
    people: [...changed].flatMap((id) => people.get(id) ?? []),
  };
}

/** The fields of whom the item is about win over those of the other. */
function join(now: Person, { from, into, leading }: Merge, people: Map<string, Person>): Person {
  const gone = people.get(from);
  if (gone === undefined || now.id !== into) return now;
  const [first, second] = leading === into ? [now, gone] : [gone, now];
  return {
    ...now,
    profile: { ...second.profile, ...first.profile },
    zone: first.zone ?? second.zone,
  };
}

/** A form's e-mail address is the lead's where none is known. */
function traitsOf(item: BehaviourItem, person: Person): JsonObject {
  if (item.type === 'identify') return item.traits;
  const { email } = { email: undefined, ...item };
  return email === undefined || typeof person.profile['email'] === 'string'
    ? {}
    : { email: email.trim() };
}

const saidBy = ({ at, properties }: EventRow): SaidBefore => ({ at, traits: properties });

export const isIdentified = ({ name }: EventRow): boolean => name === houseEvents.identified;
