/** What became of messages, as behaviour of the people they were for: journeys and conditions can wait for it. */
import type { JsonObject } from '../../dsl/plan.ts';
import type { Message } from '../../store/rows.ts';
import type { KnownBehaviour } from '../../activities/behaviour/behaviour-item.ts';
import type { World } from '../../activities/world.ts';
import type { PreparedEmail } from './prepare-emails.ts';

const SOURCE = 'lane:email';

/**
 * Every message that was refused or whose fate nobody knows; a sent one only where the plan of its run
 * listens to `email sent`.
 */
export function emailBehaviour(
  world: World,
  settled: readonly PreparedEmail[],
): readonly KnownBehaviour[] {
  return settled.flatMap(({ message, verdict, enrolment }) => {
    if (message === undefined || verdict === undefined) return [];
    if (verdict.status === 'refused' || verdict.status === 'unknown') {
      return happened(world, message, 'Email Failed', { code: verdict.code });
    }
    const listens = enrolment && world.plan(enrolment.plan)?.listens.events.includes('email sent');
    return verdict.status === 'sent' && listens ? happened(world, message, 'Email Sent', {}) : [];
  });
}

const happened = (
  world: World,
  message: Message,
  name: string,
  more: JsonObject,
): KnownBehaviour => ({
  type: 'track',
  source: SOURCE,
  id: `${message.key}/${name}`,
  name,
  // Later than the step that sent it, so that a step after it, begun at that instant, hears it; a
  // clock behind the journey's (its time is skipped) is not asked.
  at: Math.max(message.at + 1, world.clock()),
  properties: {
    template: message.template,
    ...more,
    run: message.run,
    step: message.step,
    message: message.key,
  },
  person: message.person,
});
