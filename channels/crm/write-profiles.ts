/**
 * Fields that journeys write, recorded as anything else that is learnt about a person: they change the
 * score, wake whoever waits for them (the journey itself included) and may bring people in.
 */
import type { Effect } from '../../dsl/effect.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { Transaction } from '../../store/store.ts';
import { recordKnownBehaviour } from '../../activities/behaviour/record-behaviour.ts';
import type { World } from '../../activities/world.ts';
import type { EffectItem } from '../../activities/effects/effect-kind.ts';

export async function writeProfiles<E extends Effect>(
  world: World,
  tx: Transaction,
  items: readonly EffectItem<E>[],
  fieldsOf: (effect: E) => JsonObject,
): Promise<void> {
  await recordKnownBehaviour(
    world,
    tx,
    items.map(({ effect, key, person, at }) => ({
      type: 'identify',
      source: 'journey',
      id: key,
      person: person.id,
      at,
      traits: fieldsOf(effect),
    })),
  );
}
