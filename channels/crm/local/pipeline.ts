/**
 * A local pipeline to look at: leads, owners, stages, tasks and notes, kept in the store, so that every worker has the
 * same. A board and `pipeline.json` in the directory show it: drawings, which nothing reads.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../../dsl/plan.ts';
import type { Store } from '../../../store/store.ts';
import { type PipelineRow, pipelineRows } from '../../../store/tables/index.ts';
import { writeFileAtomically } from '../../local/files.ts';
import { unhurried } from '../../local/turns.ts';
import type { Crm, CrmResult } from '../crm.ts';
import { pipelinePage } from './pipeline-page.ts';
import { idOf, pipelineState, type PipelineContent, type PipelineState } from './pipeline-state.ts';

export interface Pipeline extends Crm {
  /** Where to look: the board. */
  readonly page: string;
  content(): Promise<PipelineContent>;
  /** Brings the board up to date. */
  close(): Promise<void>;
}

export interface PipelineOptions {
  /** Of the drawings; made if need be. */
  readonly directory: string;
  readonly store: Pick<Store, 'transaction'>;
}

/** A whole pipeline is read for each. */
const DRAWN_EVERY_MS = 1_000;

export async function openPipeline({ directory, store }: PipelineOptions): Promise<Pipeline> {
  await mkdir(directory, { recursive: true });
  const board = join(directory, 'index.html');
  const content = async () => contentOf(await store.transaction((tx) => tx.find(pipelineRows, {})));
  const drawing = unhurried(async () => {
    const now = await content();
    await writeFileAtomically(join(directory, 'pipeline.json'), JSON.stringify(now));
    await writeFileAtomically(board, pipelinePage(now));
  }, DRAWN_EVERY_MS);
  drawing.ask();

  /** @param ids of all that the change looks at. */
  async function changed(
    ids: readonly string[],
    change: (state: PipelineState) => CrmResult,
  ): Promise<CrmResult> {
    const result = await store.transaction(async (tx) => {
      await tx.lock([], ids);
      const state = pipelineState(contentOf(await tx.find(pipelineRows, { id: ids })));
      const made = change(state);
      await tx.add(pipelineRows, rowsOf(state.content()));
      return made;
    });
    drawing.ask();
    return result;
  }

  return {
    vendor: 'local',
    callsPerSecond: Infinity,
    page: board,
    upsertLead: (key, fields) =>
      changed([idOf('lead', key)], (state) => state.upsertLead(key, fields)),
    setStage: (leadId, stage) => changed([leadId], (state) => state.changeLead(leadId, { stage })),
    assignOwner: (leadId, owner) =>
      changed([leadId], (state) => state.changeLead(leadId, { owner })),
    createTask: (key, task) =>
      changed([task.leadId, idOf('task', key)], (state) => state.createTask(key, task)),
    addNote: (key, note) =>
      changed([note.leadId, idOf('note', key)], (state) => state.addNote(key, note)),
    content,
    close: () => drawing.finish(),
  };
}

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
