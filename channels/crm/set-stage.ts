/** The lifecycle stage: the profile's field `stage`, and the CRM's. */
import type { Effect } from '../../dsl/effect.ts';
import { crmRow } from './crm-row.ts';
import { DONE, type EffectKind } from '../../activities/effects/effect-kind.ts';
import { writeProfiles } from './write-profiles.ts';

export const setStageEffect: EffectKind<Extract<Effect, { effect: 'setStage' }>> = {
  effect: 'setStage',
  perform: async (world, tx, items) => {
    await writeProfiles(world, tx, items, ({ stage }) => ({ stage }));
    await tx.addLaneRows(items.map((item) => crmRow(item, 'stage', { stage: item.effect.stage })));
    return items.map(() => DONE);
  },
};
