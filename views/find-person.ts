/** Somebody by whatever people name them by: the sender's id, an address, a device's id, or the store's own. */
import { oneForm } from '../dsl/one-form.ts';
import type { Transaction } from '../store/store.ts';
import { identities, type Identity, merged, people, type Person } from '../store/tables/index.ts';

export interface FoundPerson {
  readonly person: Person;
  readonly identities: readonly Identity[];
}

/** The sender's id first: an address may be somebody else's id. */
const KINDS: readonly Identity['kind'][] = ['user', 'email', 'anonymous'];

/** @param who as a person would write it. Undefined: the store knows nobody of that name. */
export async function findPerson(tx: Transaction, who: string): Promise<FoundPerson | undefined> {
  const name = oneForm(who.trim());
  const value = [...new Set([name, name.toLowerCase()])];
  const named = await tx.find(identities, { kind: KINDS, value });
  const best = KINDS.flatMap((kind) =>
    named.filter((row) => row.kind === kind && (kind === 'email' || row.value === name)),
  )[0];
  const [gone] = await tx.find(merged, { id: best?.person ?? name });
  const id = gone?.into ?? best?.person ?? name;
  const [person] = await tx.find(people, { id });
  if (person === undefined) return undefined;
  return { person, identities: await tx.find(identities, { person: id }) };
}

/** What somebody is called: their name, else how their sender calls them. */
export function nameOf(
  { id, profile }: Pick<Person, 'id' | 'profile'>,
  known: readonly Pick<Identity, 'kind' | 'value'>[],
): string {
  const { name, firstName } = profile;
  const said = [name, firstName].find((each) => typeof each === 'string' && each.trim() !== '');
  if (typeof said === 'string') return said;
  return userOf(known) ?? known.find(({ kind }) => kind === 'email')?.value ?? id;
}

/** As their sender calls them. */
export const userOf = (known: readonly Pick<Identity, 'kind' | 'value'>[]): string | undefined =>
  known.find(({ kind }) => kind === 'user')?.value;
