/** What became of messages, as behaviour of the people they were for: journeys and conditions can wait for it. */
import { normaliseName } from '../../dsl/behaviour.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { Message } from '../../store/tables/index.ts';
import type { KnownBehaviour } from '../behaviour/behaviour-item.ts';
import type { Context } from '../context.ts';
import type { Prepared } from './prepare-messages.ts';
import type { Outgoing } from './sender.ts';

/** Names of events, as their models declare them. */
export interface OutcomeEvents {
  readonly sent: string;
  /** The provider refused it, or nobody knows what became of it. */
  readonly failed: string;
}

/** Every message that failed; a sent one only where the plan of its run listens to that. */
export function sentBehaviour(
  context: Pick<Context, 'plan' | 'clock'>,
  { sent, failed }: OutcomeEvents,
  settled: readonly Prepared<Outgoing>[],
): readonly KnownBehaviour[] {
  return settled.flatMap(({ message, verdict, enrolment }) => {
    if (message === undefined || verdict === undefined) return [];
    if (verdict.status === 'refused' || verdict.status === 'unknown') {
      return happened(context, message, failed, { code: verdict.code });
    }
    const events = (enrolment && context.plan(enrolment.plan)?.listens.events) ?? [];
    return verdict.status === 'sent' && events.includes(normaliseName(sent))
      ? happened(context, message, sent, {})
      : [];
  });
}

const happened = (
  { clock }: Pick<Context, 'clock'>,
  message: Message,
  name: string,
  more: JsonObject,
): KnownBehaviour => ({
  type: 'track',
  source: `lane:${message.channel}`,
  id: `${message.key}/${name}`,
  name,
  // Later than the step that sent it, so that a step after it, begun at that instant, hears it; a
  // clock behind the journey's (its time is skipped) is not asked.
  at: Math.max(message.at + 1, clock()),
  properties: {
    template: message.template,
    ...more,
    run: message.run,
    step: message.step,
    message: message.key,
  },
  person: message.person,
});
