/** Sales did not answer a handoff in time: says so in the CRM, unless the answer had come after all. */
import { houseEvents } from '../../dsl/house-events.ts';
import type { Effect } from '../../dsl/effect.ts';
import { crmRow } from './crm-row.ts';
import { DONE, type EffectItem, type EffectKind, type Performed } from '../../activities/effects/effect-kind.ts';

type EscalateEffect = Extract<Effect, { effect: 'escalate' }>;

export const escalateEffect: EffectKind<EscalateEffect> = {
  effect: 'escalate',
  what: ({ to }) => `escalation to ${to}`,
  perform: async (_, tx, items) => {
    const answers = await tx.events(
      items.map(({ person }) => person.id),
      [houseEvents.handoffAnswered],
    );
    const told = items.map(({ run, at }): Performed => {
      const answer = answers.find(
        ({ properties, at: answeredAt }) =>
          properties['run'] === run.id && properties['step'] === run.step && answeredAt <= at,
      )?.properties['answer'];
      return typeof answer === 'string' ? { verdict: 'done', told: answer } : DONE;
    });
    const late = items.filter((_item, i) => told[i] === DONE);
    await tx.addLaneRows(
      late.map((item: EffectItem<EscalateEffect>) =>
        crmRow(item, 'escalate', { to: item.effect.to }),
      ),
    );
    return told;
  },
};
