/** Entry into another journey, by its own rules; a refusal is a skip with its reason. */
import type { EnrolEffect } from '../../dsl/steps/enrol-in.ts';
import { DONE, type EffectKind } from '../effect-kind.ts';
import { enrol } from './enrol.ts';

export const enrolEffect: EffectKind<EnrolEffect> = {
  touch: null,
  perform: async (context, tx, items) => {
    const answers = await enrol(
      context,
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
