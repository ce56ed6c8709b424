/** What a local pipeline holds, and how calls change it. Ids follow from keys, so a repeat finds its first. */
import { createHash } from 'node:crypto';
import { CrmRefusal, type CrmResult, type CrmTask } from '../crm.ts';

export interface PipelineLead {
  readonly id: string;
  readonly key: string;
  readonly fields: { readonly [name: string]: unknown };
  readonly stage: string | null;
  readonly owner: string | null;
}

export type PipelineTask = CrmTask & { readonly id: string; readonly key: string };

export interface PipelineNote {
  readonly id: string;
  readonly key: string;
  readonly leadId: string;
  readonly text: string;
  readonly at: number;
}

/** Everything, in the order in which it came. */
export interface PipelineContent {
  readonly leads: readonly PipelineLead[];
  readonly tasks: readonly PipelineTask[];
  readonly notes: readonly PipelineNote[];
}

export interface PipelineState {
  upsertLead(key: string, fields: PipelineLead['fields']): CrmResult;
  changeLead(id: string, change: Partial<Pick<PipelineLead, 'stage' | 'owner'>>): CrmResult;
  createTask(key: string, task: CrmTask): CrmResult;
  addNote(key: string, note: Pick<PipelineNote, 'leadId' | 'text' | 'at'>): CrmResult;
  content(): PipelineContent;
}

export function pipelineState(from?: PipelineContent): PipelineState {
  const leads = byId(from?.leads);
  const tasks = byId(from?.tasks);
  const notes = byId(from?.notes);

  function add<T extends { readonly id: string }>(to: Map<string, T>, item: T): CrmResult {
    const created = !to.has(item.id);
    if (created) to.set(item.id, item);
    return { id: item.id, created };
  }

  function leadOf(id: string): PipelineLead {
    const lead = leads.get(id);
    if (lead === undefined) {
      throw new CrmRefusal('unknown-lead', `Lead ${id}: expected it in the pipeline, found none.`);
    }
    return lead;
  }

  return {
    upsertLead(key, fields) {
      const id = idOf('lead', key);
      const known = leads.get(id);
      if (known !== undefined) leads.set(id, { ...known, fields: { ...known.fields, ...fields } });
      return add(leads, { id, key, fields, stage: null, owner: null });
    },
    changeLead(id, change) {
      leads.set(id, { ...leadOf(id), ...change });
      return { id, created: false };
    },
    createTask: (key, task) =>
      add(tasks, { id: idOf('task', key), key, ...task, leadId: leadOf(task.leadId).id }),
    addNote: (key, { leadId, text, at }) =>
      add(notes, { id: idOf('note', key), key, leadId: leadOf(leadId).id, text, at }),
    content: () => ({
      leads: [...leads.values()],
      tasks: [...tasks.values()],
      notes: [...notes.values()],
    }),
  };
}

const byId = <T extends { readonly id: string }>(items: readonly T[] = []): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** Of what is made under a key. */
export const idOf = (kind: string, key: string): string =>
  `${kind}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
