/** How an item says who it is about. */
import type { Identity, IdentityKind } from '../../store/tables/index.ts';
import type { BehaviourItem } from './behaviour-item.ts';

export type IdentityKey = Pick<Identity, 'kind' | 'value'>;

/** The strongest first; none where it names a person of the store. */
export function identityKeys(item: BehaviourItem): readonly IdentityKey[] {
  if (item.person !== undefined) return [];
  const email = item.type === 'track' ? item.email : item.traits['email'];
  const values: readonly [IdentityKind, unknown][] = [
    ['user', item.userId],
    ['email', typeof email === 'string' ? email.trim().toLowerCase() : undefined],
    ['anonymous', item.anonymousId],
  ];
  return values.flatMap(([kind, value]) =>
    typeof value === 'string' && value !== '' ? [{ kind, value }] : [],
  );
}

export const printKey = ({ kind, value }: IdentityKey): string => `${kind} ${value}`;
