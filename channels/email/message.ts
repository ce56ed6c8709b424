/** A message: a row of its own and one in its channel's lane. Rendered and sent when the lane comes to it. */
import type { Effect } from '../../dsl/effect.ts';
import { DONE, type EffectKind } from '../../activities/effects/effect-kind.ts';

type MessageEffect = Extract<Effect, { effect: 'message' }>;

export const messageEffect: EffectKind<MessageEffect> = {
  effect: 'message',
  gate: ({ channel, class: messageClass, topic }) => ({ channel, class: messageClass, topic }),
  perform: async (_, tx, items) => {
    await tx.addMessages(
      items.map(({ effect, run, plan, at, key, person }) => ({
        key,
        run: run.id,
        journey: plan.id,
        person: person.id,
        step: run.step,
        channel: effect.channel,
        template: effect.template,
        topic: effect.topic,
        class: effect.class,
        from: effect.from,
        at,
        status: 'waiting',
        code: null,
        providerId: null,
        rendered: null,
      })),
    );
    await tx.addLaneRows(
      items.map(({ effect, at, key, cohort, person }) => ({
        lane: effect.channel,
        key,
        cohort,
        person: person.id,
        at,
        payload: { message: key },
      })),
    );
    return items.map(() => DONE);
  },
};
