/** The `crm` channel: leads given to sales, and all that sales and journeys keep about them. */
import { join } from 'node:path';
import { defineChannel } from '../channel.ts';
import { crmLane } from './crm-lane.ts';
import type { Crm } from './crm.ts';
import { mergeLinks } from './crm-merge.ts';
import { effects } from './effects.ts';
import { memoryPipeline, type MemoryPipeline } from './local/memory-pipeline.ts';

export const crm = defineChannel<'crm', typeof effects, Crm, MemoryPipeline, Record<never, never>>({
  name: 'crm',
  effects,
  onMerge: mergeLinks,
  carrier: {
    variables: {},
    vendors: {
      local: async (_, directory, store) => {
        const { openPipeline } = await import('./local/pipeline.ts');
        const pipeline = await openPipeline({ directory: join(directory, 'pipeline'), store });
        const page = { name: 'pipeline', shows: 'sales', file: pipeline.page };
        return { port: pipeline, page, close: () => pipeline.close() };
      },
    },
    memory: memoryPipeline,
    lane: crmLane,
  },
});
