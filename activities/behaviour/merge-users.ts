/** Two known leads made one on purpose. Nobody is made by it, and asking again changes nothing. */
import type { Instant } from '../../dsl/plan.ts';
import type { Transaction } from '../../store/store.ts';
import type { World } from '../world.ts';
import type { BehaviourItem } from './behaviour-item.ts';
import { findPeople } from './find-people.ts';
import { type IdentityKey, printKey } from './identity-keys.ts';
import { runsOfTwo } from './merge-leads.ts';
import { recordKnownBehaviour } from './record-behaviour.ts';
import type { KnownPeople } from './who-is-who.ts';

export interface MergeRequest {
  /** A user id, or else a device's. */
  readonly previousId: string;
  /** Whose fields win. */
  readonly userId: string;
  readonly at: Instant;
  readonly dryRun?: boolean | undefined;
}

export type MergeAnswer =
  | { readonly verdict: 'unknown'; readonly ids: readonly string[] }
  | { readonly verdict: 'already-one' }
  | { readonly verdict: 'merge'; readonly journeys: readonly MergedJourney[] };

/** A journey that both are in. */
export interface MergedJourney {
  readonly journey: string;
  readonly goesOn: string;
  readonly ends: string;
}

export const mergeUsers = (
  world: World,
  { previousId, userId, at, dryRun = false }: MergeRequest,
): Promise<MergeAnswer> =>
  world.store.transaction(async (tx) => {
    const known = await findPeople(tx, [
      by({ userId }, at),
      by({ userId: previousId }, at),
      by({ anonymousId: previousId }, at),
    ]);
    const person = holderOf(known, { kind: 'user', value: userId });
    const other =
      holderOf(known, { kind: 'user', value: previousId }) ??
      holderOf(known, { kind: 'anonymous', value: previousId });
    if (person === undefined || other === undefined) {
      const ids = [
        ...(other === undefined ? [previousId] : []),
        ...(person === undefined ? [userId] : []),
      ];
      return { verdict: 'unknown', ids };
    }
    if (person === other) return { verdict: 'already-one' };
    const journeys = await journeysOfBoth(tx, known, person, other);
    if (!dryRun) {
      const item = {
        type: 'identify',
        source: 'merge',
        id: world.newId(),
        at,
        traits: {},
      } as const;
      await recordKnownBehaviour(world, tx, [{ ...item, person, sameAs: other }]);
    }
    return { verdict: 'merge', journeys };
  });

async function journeysOfBoth(
  tx: Transaction,
  { people }: KnownPeople,
  person: string,
  other: string,
): Promise<readonly MergedJourney[]> {
  const isOlder = (people.get(other)?.createdAt ?? 0) < (people.get(person)?.createdAt ?? 0);
  const [from, into] = isOlder ? [person, other] : [other, person];
  return (await runsOfTwo(tx, { from, into })).flatMap(({ goesOn, ends }) =>
    ends === undefined ? [] : { journey: goesOn.journey, goesOn: goesOn.id, ends: ends.id },
  );
}

const holderOf = ({ identities }: KnownPeople, key: IdentityKey): string | undefined =>
  identities.find((row) => printKey(row) === printKey(key))?.person;

/** People are found, and locked, by what an item says of them. */
const by = (who: { userId: string } | { anonymousId: string }, at: Instant): BehaviourItem => ({
  type: 'track',
  source: '',
  id: '',
  name: '',
  properties: {},
  at,
  ...who,
});
