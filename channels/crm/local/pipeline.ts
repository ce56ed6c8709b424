/** A local pipeline: leads, owners, stages, tasks and notes, kept in the store, so that every worker has the same. */
import type { JsonObject } from '../../../dsl/plan.ts';
import { type Asked, together } from '../../../activities/together.ts';
import type { Store, Transaction } from '../../../store/store.ts';
import { type PipelineRow, pipelineRows } from '../../../store/tables/index.ts';
import type { Crm, CrmResult } from '../crm.ts';
import { idOf, pipelineState, type PipelineContent, type PipelineState } from './pipeline-state.ts';

export interface Pipeline extends Crm {
  content(): Promise<PipelineContent>;
}

export function openPipeline(store: Pick<Store, 'transaction'>): Pipeline {
  const change = together<Change, CrmResult>(async (asked) => {
    try {
      const settled = await store.transaction((tx) => changeAll(tx, asked));
      for (const settle of settled) settle();
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  });
  const changed = (ids: Change['ids'], make: Change['make']) => change({ ids, make });

  return {
    vendor: 'local',
    callsPerSecond: Infinity,
    upsertLead: (key, fields) =>
      changed([idOf('lead', key)], (state) => state.upsertLead(key, fields)),
    setStage: (leadId, stage) => changed([leadId], (state) => state.changeLead(leadId, { stage })),
    assignOwner: (leadId, owner) =>
      changed([leadId], (state) => state.changeLead(leadId, { owner })),
    createTask: (key, task) =>
      changed([task.leadId, idOf('task', key)], (state) => state.createTask(key, task)),
    addNote: (key, note) =>
      changed([note.leadId, idOf('note', key)], (state) => state.addNote(key, note)),
    content: () => store.transaction(pipelineContent),
  };
}

interface Change {
  /** Of all that it looks at. */
  readonly ids: readonly string[];
  /** Changes nothing where it throws. */
  readonly make: (state: PipelineState) => CrmResult;
}

/** In their order; one that is refused stops no other. Answers with how each is told. */
async function changeAll(
  tx: Transaction,
  asked: readonly Asked<Change, CrmResult>[],
): Promise<readonly (() => void)[]> {
  const ids = [...new Set(asked.flatMap(({ item }) => item.ids))];
  await tx.lock([], ids);
  const state = pipelineState(contentOf(await tx.find(pipelineRows, { id: ids })));
  const settled = asked.map(({ item, resolve, reject }) => {
    try {
      const made = item.make(state);
      return () => resolve(made);
    } catch (error) {
      return () => reject(error);
    }
  });
  await tx.add(pipelineRows, rowsOf(state.content()));
  return settled;
}

/** All of it, as it stands. */
export const pipelineContent = async (tx: Pick<Transaction, 'find'>): Promise<PipelineContent> =>
  contentOf(await tx.find(pipelineRows, {}));

function contentOf(rows: readonly PipelineRow[]): PipelineContent {
  // Written below.
  const of = (kind: PipelineRow['kind']) =>
    rows.filter((row) => row.kind === kind).map((row) => row.content) as unknown;
  return {
    leads: of('lead') as PipelineContent['leads'],
    tasks: of('task') as PipelineContent['tasks'],
    notes: of('note') as PipelineContent['notes'],
  };
}

const rowsOf = ({ leads, tasks, notes }: PipelineContent): PipelineRow[] => [
  ...leads.map((each) => rowOf('lead', each)),
  ...tasks.map((each) => rowOf('task', each)),
  ...notes.map((each) => rowOf('note', each)),
];

const rowOf = (kind: PipelineRow['kind'], content: { readonly id: string }): PipelineRow => ({
  id: content.id,
  kind,
  // Plain data.
  content: content as unknown as JsonObject,
});
