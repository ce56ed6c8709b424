/** Entry into another journey, by its own rules; a refusal is a skip with its reason. */
import type { EnrolEffect } from '../../dsl/steps/enrol-in.ts';
import type { Run } from '../../engine/run.ts';
import { DONE, type EffectKind } from '../effect-kind.ts';
import { enrol } from './enrol.ts';

/** Of an entry that a run causes. */
export const chainAfter = ({ chain = 1 }: Pick<Run, 'chain'>): number => chain + 1;

export const enrolEffect: EffectKind<EnrolEffect> = {
  touch: null,
  perform: async (context, tx, items) => {
    const answers = await enrol(
      context,
      tx,
      items.map(({ effect, person, at, key, run }) => ({
        person: person.id,
        journey: effect.journey,
        at,
        cause: key,
        chain: chainAfter(run),
      })),
    );
    return answers.map((answer) =>
      answer.verdict === 'enter' ? DONE : { verdict: 'skip', reason: answer.reason },
    );
  },
};
