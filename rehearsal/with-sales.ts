/** A CRM whose handoffs are answered by the scenario's sales team: each answer becomes a cue of the script. */
import type { Crm } from '../activities/ports.ts';
import type { Scenario } from './scenario.ts';

/** @param nameOf the script's name for a person of the store; default: the store's own id. */
export function withSales(
  crm: Crm,
  { sales, script }: Pick<Scenario, 'sales' | 'script'>,
  nameOf: (person: string) => Promise<string> = (person) => Promise.resolve(person),
): Crm {
  if (sales === undefined) return crm;
  let handoffs = 0;
  return {
    vendor: crm.vendor,
    callsPerSecond: crm.callsPerSecond,
    upsertLead: (key, fields) => crm.upsertLead(key, fields),
    setStage: (leadId, stage) => crm.setStage(leadId, stage),
    assignOwner: (leadId, owner) => crm.assignOwner(leadId, owner),
    addNote: (key, note) => crm.addNote(key, note),
    createTask: async (key, task) => {
      const result = await crm.createTask(key, task);
      if (task.handoff === undefined || !result.created) return result;
      const reply = sales(++handoffs);
      if (reply === undefined) return result;
      const { run, step } = task.handoff;
      const person = await nameOf(task.handoff.person);
      script.add({
        id: `sales/${key}`,
        person,
        at: task.at + reply.after.ms,
        name: 'Handoff Answered',
        properties: { run, step, answer: reply.answer },
      });
      return result;
    },
  };
}
