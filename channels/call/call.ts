/** A phone call: a task on somebody's list. The person is touched, so the gate is before it. */
import type { Effect } from '../../dsl/effect.ts';
import { crmRow } from '../crm/crm-row.ts';
import { DONE, type EffectKind } from '../../activities/effects/effect-kind.ts';

export const callEffect: EffectKind<Extract<Effect, { effect: 'call' }>> = {
  effect: 'call',
  gate: () => ({ channel: 'call', class: 'marketing', topic: null }),
  perform: async (_, tx, items) => {
    await tx.addLaneRows(
      items.map((item) => crmRow(item, 'call', { task: item.effect.task, by: item.effect.by })),
    );
    return items.map(() => DONE);
  },
};
