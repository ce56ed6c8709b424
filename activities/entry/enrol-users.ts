/**
 * Entry that people or programs ask for by name: known users into a journey, in one transaction. Nobody is
 * made by it, and asking again under the same cause changes nothing.
 */
import type { Instant } from '../../dsl/plan.ts';
import type { TrackItem } from '../behaviour/behaviour-item.ts';
import { findPeople } from '../behaviour/find-people.ts';
import { identityKeys, printKey } from '../behaviour/identity-keys.ts';
import { enrol, type EntryAnswer } from './enrol.ts';
import type { World } from '../world.ts';

/** By user id where there is one, else by e-mail address. */
export interface UserName {
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
}

export interface EnrolUsersRequest {
  readonly journey: string;
  readonly users: readonly UserName[];
  readonly at: Instant;
  /** Unique for all time. */
  readonly cause: string;
}

export type UserAnswer =
  EntryAnswer | { readonly verdict: 'refuse'; readonly reason: 'unknown-user' };

const UNKNOWN_USER: UserAnswer = { verdict: 'refuse', reason: 'unknown-user' };

/** Answers in the order of `users`; somebody named twice is enrolled once. */
export const enrolUsers = (
  world: World,
  { journey, users, at, cause }: EnrolUsersRequest,
): Promise<UserAnswer[]> =>
  world.store.transaction(async (tx) => {
    const items = users.map((user) => named(user, at));
    const { identities, people } = await findPeople(tx, items);
    const holders = new Map(identities.map((row) => [printKey(row), row.person]));
    const personOf = items.map((item) => {
      const [key] = identityKeys(item);
      const person = key && holders.get(printKey(key));
      return person !== undefined && people.has(person) ? person : undefined;
    });
    const known = [...new Set(personOf.filter((person) => person !== undefined))];
    const answers =
      known.length === 0
        ? []
        : await enrol(
            world,
            tx,
            known.map((person) => ({ person, journey, at, cause })),
          );
    const byPerson = new Map(known.map((person, i) => [person, answers[i]]));
    return personOf.map((person) =>
      person === undefined ? UNKNOWN_USER : (byPerson.get(person) ?? UNKNOWN_USER),
    );
  });

/** People are found, and locked, by what an item says of them. */
const named = ({ userId, email }: UserName, at: Instant): TrackItem => ({
  type: 'track',
  source: 'enrol',
  id: '',
  name: '',
  properties: {},
  at,
  ...(userId === undefined ? { email } : { userId }),
});
