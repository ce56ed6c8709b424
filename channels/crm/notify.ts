/** A note to one of the firm's own people: no touch of the lead, so no gate. */
import type { Effect } from '../../dsl/effect.ts';
import { crmRow } from './crm-row.ts';
import { DONE, type EffectKind } from '../../activities/effects/effect-kind.ts';

export const notifyEffect: EffectKind<Extract<Effect, { effect: 'notify' }>> = {
  effect: 'notify',
  perform: async (_, tx, items) => {
    await tx.addLaneRows(
      items.map((item) => crmRow(item, 'note', { to: item.effect.to, text: item.effect.text })),
    );
    return items.map(() => DONE);
  },
};
