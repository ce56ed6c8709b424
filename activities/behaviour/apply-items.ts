/** New items applied to the people whom they are about, in the order in which they happened. Pure. */
import { systemEvents } from '../../dsl/system-events.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import { touchesScore } from '../../dsl/scoring/rules-met.ts';
import type { EventRow, Person } from '../../store/tables/index.ts';
import { itemKey, type BehaviourItem } from './behaviour-item.ts';
import { joinPeople, type Joining } from './join-people.ts';
import { fittingTraits } from './misfits.ts';
import { mergeTraits, zoneOf, type SaidBefore } from './merge-traits.ts';
import type { Merge } from './who-is-who.ts';

/** An item that was not a duplicate, as it was recorded. */
export interface NewItem {
  readonly item: BehaviourItem;
  readonly row: EventRow;
  readonly merges: readonly Merge[];
}

/** One new event with what it changed: the unit in which waking and entries are decided. */
export interface Change {
  /** What was recorded; `row.person` is who it belongs to now. */
  readonly row: EventRow;
  /** The person begins to exist with it. */
  readonly isFirst: boolean;
  /** The profile before and after it: the same value where nothing changed. */
  readonly before: JsonObject;
  readonly profile: JsonObject;
  /** The person's zone after it. */
  readonly inZone: string | null;
  /** The same, where it changed; of two who were merged whatever it is. */
  readonly zone?: string;
  /** Two turned out to be one with it: what either did is news to the runs of both. */
  readonly merged?: true;
  /** It can have changed the score. */
  readonly score: boolean;
  /** Of an entry that it leads to. */
  readonly chain?: number;
}

export const changedProfile = ({ before, profile }: Change): boolean => before !== profile;

export interface Applied {
  readonly changes: readonly Change[];
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
  joining: Joining,
): Applied {
  const model = joining.project.config.scoring;
  const people = new Map(before);
  const unseen = new Set(created.map(({ id }) => id));
  const changed = new Set(unseen);
  for (const person of created) people.set(person.id, person);
  const ordered = [...news].sort((a, b) => a.row.at - b.row.at);
  const changes = ordered.flatMap(({ item, row, merges }): Change[] => {
    const person = people.get(row.person);
    if (person === undefined) return [];
    for (const merge of merges) joinPeople(merge, people, joining);
    const joined = people.get(person.id) ?? person;
    const others = (said.get(person.id) ?? []).filter((other) => itemKey(other) !== itemKey(row));
    const profile = mergeTraits(
      joined.profile,
      fittingTraits(joining.project, traitsOf(item, joined)),
      row.at,
      others.map(saidBy),
    );
    const zone = profile === joined.profile ? joined.zone : (zoneOf(profile) ?? joined.zone);
    if (profile !== person.profile || zone !== person.zone) {
      if (zone !== joined.zone) joining.zoneSaidAt.set(person.id, row.at);
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
        inZone: zone,
        ...(zone !== null && (zone !== person.zone || merges.length > 0) ? { zone } : {}),
        ...(merges.length > 0 ? { merged: true as const } : {}),
        score: touched,
        ...('chain' in item && item.chain !== undefined ? { chain: item.chain } : {}),
      },
    ];
  });
  return {
    changes,
    people: [...changed].flatMap((id) => people.get(id) ?? []),
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

export const isIdentified = ({ name }: EventRow): boolean => name === systemEvents.identified;
