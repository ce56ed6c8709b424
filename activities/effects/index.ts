/** Every kind of effect. Adding one: its file, a line here, its test. */
import type { Effect } from '../../dsl/effect.ts';
import { callEffect } from '../../channels/call/call.ts';
import type { EffectKind } from './effect-kind.ts';
import { enrolEffect } from './enrol-in.ts';
import { escalateEffect } from '../../channels/crm/escalate.ts';
import { handoffEffect } from '../../channels/crm/handoff.ts';
import { messageEffect } from '../../channels/email/message.ts';
import { notifyEffect } from '../../channels/crm/notify.ts';
import { setFieldsEffect } from '../../channels/crm/set-fields.ts';
import { setStageEffect } from '../../channels/crm/set-stage.ts';

const kinds: { readonly [E in Effect['effect']]: EffectKind<Extract<Effect, { effect: E }>> } = {
  call: callEffect,
  enrol: enrolEffect,
  escalate: escalateEffect,
  handoff: handoffEffect,
  message: messageEffect,
  notify: notifyEffect,
  setFields: setFieldsEffect,
  setStage: setStageEffect,
};

/** The kind of an effect, for callers that only pass the effect back to it. */
export const effectKind = (effect: Effect['effect']): EffectKind<Effect> =>
  // A kind is only ever given effects of its own name.
  kinds[effect] as unknown as EffectKind<Effect>;
