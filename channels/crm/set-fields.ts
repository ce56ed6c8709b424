/** Fields of the profile, written here at once and in the CRM by its lane. */
import type { Effect } from '../../dsl/effect.ts';
import { crmRow } from './crm-row.ts';
import { DONE, type EffectKind } from '../../activities/effects/effect-kind.ts';
import { writeProfiles } from './write-profiles.ts';

export const setFieldsEffect: EffectKind<Extract<Effect, { effect: 'setFields' }>> = {
  effect: 'setFields',
  perform: async (world, tx, items) => {
    await writeProfiles(world, tx, items, ({ fields }) => fields);
    await tx.addLaneRows(
      items.map((item) => crmRow(item, 'fields', { fields: item.effect.fields })),
    );
    return items.map(() => DONE);
  },
};
