/** A made-up sales team: how it answers the handoffs of a rehearsal, and a CRM that it works in. */
import type { Crm } from '../channels/crm/crm.ts';
import type { Duration } from '../dsl/duration.ts';
import { HandoffAnswered, type SalesAnswer } from '../dsl/system-events.ts';
import type { Script } from './script.ts';

export interface SalesReply {
  readonly answer: SalesAnswer;
  readonly after: Duration;
}

/** Says how the n-th handoff of a story (from 1) is answered; undefined: not at all. */
export type SalesTeam = (handoff: number) => SalesReply | undefined;

/**
 * Answers every handoff alike.
 *
 * @example
 * salesAnswers('maybe', { after: hours(5) })(1) // => { answer: 'maybe', after: hours(5) }
 */
export const salesAnswers =
  (answer: SalesAnswer, options: { readonly after: Duration }): SalesTeam =>
  () => ({ answer, after: options.after });

/**
 * A CRM whose handoffs are answered by the team: each answer becomes a cue of the script.
 *
 * @param nameOf the script's name for a person of the store; default: the store's own id.
 */
export function withSales(
  crm: Crm,
  { sales, script }: { readonly sales: SalesTeam | undefined; readonly script: Script },
  nameOf: (person: string) => Promise<string> = (person) => Promise.resolve(person),
): Crm {
  if (sales === undefined) return crm;
  let handoffs = 0;
  return {
    ...crm,
    createTask: async (key, task) => {
      const result = await crm.createTask(key, task);
      if (task.handoff === undefined || !result.created) return result;
      const reply = sales(++handoffs);
      if (reply === undefined) return result;
      const { run, step } = task.handoff;
      const person = await nameOf(task.handoff.person);
      script.add({
        id: `sales/${person}/${step}/${task.at}`,
        person,
        at: task.at + reply.after.ms,
        name: HandoffAnswered.name,
        properties: { run, step, answer: reply.answer },
      });
      return result;
    },
  };
}
