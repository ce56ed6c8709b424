/** What vendors on this machine keep: a stand-in for the companies' own databases. */
import type { JsonObject } from '../../dsl/plan.ts';
import { json, type RowOf, table, text } from '../table.ts';

/** Of the local pipeline, in the order in which it came. */
export const pipelineRows = table(
  'local_pipeline',
  {
    /** Follows from the key under which it was made. */
    id: text(),
    kind: text<'lead' | 'task' | 'note'>(),
    content: json<JsonObject>(),
  },
  { key: ['id'], updates: ['content'] },
);
export type PipelineRow = RowOf<typeof pipelineRows>;

/** Of the local inbox and outbox: what would have left, each message once. */
export const localDeliveries = table(
  'local_deliveries',
  {
    /** `channel/instant/id`: those of a channel stand together, in the order of their instants. */
    id: text(),
    channel: text(),
    content: json<JsonObject>(),
  },
  { key: ['id'], indexes: { channel: { on: ['channel'] } } },
);
export type LocalDelivery = RowOf<typeof localDeliveries>;
