/** A CRM operation as a row of the `crm` lane. */
import type { Effect } from '../../dsl/effect.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { NewLaneRow } from '../../store/store.ts';
import type { EffectItem } from '../../activities/effects/effect-kind.ts';

/** `op` names the operation in `activities/lanes/crm-op.ts`; `more` is what else it needs. */
export const crmRow = (item: EffectItem<Effect>, op: string, more: JsonObject): NewLaneRow => ({
  lane: 'crm',
  key: `${item.key}/${op}`,
  cohort: item.cohort,
  person: item.person.id,
  at: item.at,
  payload: { op, run: item.run.id, step: item.run.step, ...more },
});
