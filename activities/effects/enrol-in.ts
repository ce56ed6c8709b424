/** Entry into another journey, by its own rules; a refusal is a skip with its reason. */
import type { Effect } from '../../dsl/effect.ts';
import { enrol } from '../entry/enrol.ts';
import { DONE, type EffectKind } from './effect-kind.ts';

export const enrolEffect: EffectKind<Extract<Effect, { effect: 'enrol' }>> = {
  effect: 'enrol',
  perform: async (world, tx, items) => {
    const answers = await enrol(
      world,
      tx,
      items.map(({ effect, person, at, key }) => ({
        person: person.id,
        journey: effect.journey,
        at,
        cause: key,
      })),
    );
    return answers.map((answer) =>
      answer.verdict === 'enter' ? DONE : { verdict: 'skip', reason: answer.reason },
    );
  },
};
