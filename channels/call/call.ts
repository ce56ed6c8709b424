/** A phone call: a task on somebody's list in the CRM. The person is touched, so the gate is before it. */
import { addressIn, type EffectKind } from '../../activities/effect-kind.ts';
import type { CallEffect } from '../../dsl/steps/call-task.ts';
import { addCrmRows } from '../crm/crm-op.ts';

const callEffect: EffectKind<CallEffect> = {
  touch: {
    channel: 'call',
    message: () => ({ class: 'marketing', topic: null }),
    addressOf: (profile) => addressIn(profile, 'phone'),
    noAddress: 'no phone',
  },
  perform: (_, tx, items) => addCrmRows(tx, items, ({ task, by }) => ({ op: 'call', task, by })),
};

export const call = { name: 'call', effects: { call: callEffect } } as const;
