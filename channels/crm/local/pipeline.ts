/**
 * A local pipeline to look at: leads, owners, stages, tasks and notes in `pipeline.json`, and a board.
 * A call returns once its change is in the file, which is always whole; changes made together share one
 * write.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crm } from '../crm.ts';
import { readIfThere, writeFileAtomically } from '../../local/files.ts';
import { groupCommit, unhurried } from '../../local/turns.ts';
import { pipelinePage } from './pipeline-page.ts';
import { pipelineState, type PipelineContent } from './pipeline-state.ts';

export interface Pipeline extends Crm {
  /** Where to look: the board. */
  readonly page: string;
  content(): PipelineContent;
  /** Brings the board up to date. */
  close(): Promise<void>;
}

/** Opens the pipeline in a directory, which is made if need be. One process at a time. */
export async function openPipeline({
  directory,
}: {
  readonly directory: string;
}): Promise<Pipeline> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'pipeline.json');
  const board = join(directory, 'index.html');
  const state = pipelineState(await readContent(file));
  const commit = groupCommit(() => writeFileAtomically(file, JSON.stringify(state.content())));
  const drawing = unhurried(() => writeFileAtomically(board, pipelinePage(state.content())));
  drawing.ask();

  async function saved<T>(change: () => T): Promise<T> {
    const result = change();
    await commit();
    drawing.ask();
    return result;
  }

  return {
    vendor: 'local',
    callsPerSecond: Infinity,
    page: board,
    upsertLead: (key, fields) => saved(() => state.upsertLead(key, fields)),
    setStage: (leadId, stage) => saved(() => state.changeLead(leadId, { stage })),
    assignOwner: (leadId, owner) => saved(() => state.changeLead(leadId, { owner })),
    createTask: (key, task) => saved(() => state.createTask(key, task)),
    addNote: (key, note) => saved(() => state.addNote(key, note)),
    content: () => state.content(),
    close: () => drawing.finish(),
  };
}

async function readContent(file: string): Promise<PipelineContent | undefined> {
  const content = await readIfThere(file);
  // Written above, whole, and by nobody else.
  return content === undefined ? undefined : (JSON.parse(content.toString()) as PipelineContent);
}
