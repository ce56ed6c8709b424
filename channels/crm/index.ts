/** The `crm` channel: leads given to sales, and all that sales and journeys keep about them. */
import { defineChannel } from '../channel.ts';
import { crmLane } from './crm-lane.ts';
import type { Crm } from './crm.ts';
import { mergeLinks } from './crm-merge.ts';
import { effects } from './effects.ts';
import { openPipeline } from './local/pipeline.ts';
import { memoryPipeline, type MemoryPipeline } from './local/memory-pipeline.ts';

export const crm = defineChannel<'crm', typeof effects, Crm, MemoryPipeline, Record<never, never>>({
  name: 'crm',
  effects,
  onMerge: mergeLinks,
  carrier: {
    variables: {},
    vendors: {
      local: async (_, store) => ({ port: openPipeline(store), close: () => Promise.resolve() }),
    },
    memory: memoryPipeline,
    lane: crmLane,
  },
});
