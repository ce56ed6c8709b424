/** The CRM in memory, behind calls that fail before or after they have done something; sales answers its handoffs. */
import type { Crm, CrmTask } from '../../channels/crm/crm.ts';
import type { Clockwork } from './clockwork.ts';
import type { Faults } from './faults.ts';
import type { Machine } from './machine.ts';

export interface CrmParts {
  readonly clockwork: Clockwork;
  readonly faults: Faults;
  /** Called for each task that is new there. */
  readonly onTask: (task: CrmTask) => void;
}

export function gatedCrm(crm: Crm, machine: Machine, { clockwork, faults, onTask }: CrmParts): Crm {
  async function call<T>(what: string, done: () => Promise<T>): Promise<T> {
    await clockwork.gate(machine, `${machine.name} has the CRM ${what}`);
    if (faults.hit('crm-before')) throw new Error('The CRM is not there.');
    const result = await done();
    if (faults.hit('crm-after')) throw new Error('The CRM did not answer.');
    return result;
  }
  return {
    vendor: crm.vendor,
    callsPerSecond: crm.callsPerSecond,
    upsertLead: (key, fields) => call('keep a lead', () => crm.upsertLead(key, fields)),
    setStage: (id, stage) => call('set a stage', () => crm.setStage(id, stage)),
    assignOwner: (id, owner) => call('assign an owner', () => crm.assignOwner(id, owner)),
    createTask: (key, task) =>
      call('make a task', async () => {
        const result = await crm.createTask(key, task);
        if (result.created) onTask(task);
        return result;
      }),
    addNote: (key, note) => call('add a note', () => crm.addNote(key, note)),
  };
}
