/** A pipeline in memory, for rehearsals. */
import type { Crm } from '../crm.ts';
import { pipelineState, type PipelineContent } from './pipeline-state.ts';

export interface MemoryPipeline extends Crm {
  content(): PipelineContent;
}

export function memoryPipeline(): MemoryPipeline {
  const state = pipelineState();
  return {
    vendor: 'memory',
    callsPerSecond: Infinity,
    upsertLead: async (key, fields) => state.upsertLead(key, fields),
    setStage: async (leadId, stage) => state.changeLead(leadId, { stage }),
    assignOwner: async (leadId, owner) => state.changeLead(leadId, { owner }),
    createTask: async (key, task) => state.createTask(key, task),
    addNote: async (key, note) => state.addNote(key, note),
    content: () => state.content(),
  };
}
