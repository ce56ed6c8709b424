/** A message for somebody: a row of its own and one in its channel's lane. Rendered and sent when the lane comes to it. */
import type { JsonObject } from '../../dsl/plan.ts';
import type { AnyEffect } from '../../dsl/step.ts';
import type { Transaction } from '../../store/store.ts';
import { laneRows, type Message, messages } from '../../store/tables/index.ts';
import { DONE, type EffectItem, type Performed } from '../effect-kind.ts';
import { waitingRow } from './lane.ts';

/** What a channel says of a message; the rest is known. `payload`: what else its rendering needs. */
export type MessageOf = Pick<Message, 'template' | 'topic' | 'class' | 'from'> & {
  readonly payload?: JsonObject;
};

/** For channels whose lane is a `sendingLane` of the same name. */
export async function sendMessages<E extends AnyEffect>(
  tx: Transaction,
  channel: string,
  items: readonly EffectItem<E>[],
  of: (effect: E) => MessageOf,
): Promise<Performed[]> {
  await tx.add(
    messages,
    items.map(({ effect, run, plan, at, key, person }) => {
      const { template, topic, class: messageClass, from } = of(effect);
      return {
        key,
        run: run.id,
        journey: plan.id,
        person: person.id,
        step: run.step,
        channel,
        template,
        topic,
        class: messageClass,
        from,
        at,
        status: 'waiting' as const,
      };
    }),
  );
  await tx.add(
    laneRows,
    items.map(({ effect, at, key, cohort, person }) => {
      const { payload = {} } = of(effect);
      return waitingRow({ lane: channel, key, cohort, person: person.id, at, payload });
    }),
  );
  return items.map(() => DONE);
}
