import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTask, crmContract } from '../crm.contract.ts';
import { memoryPipeline } from './memory-pipeline.ts';
import { openPipeline } from './pipeline.ts';

const newDirectory = () => mkdtemp(join(tmpdir(), 'cultivo-pipeline-'));

crmContract('the pipeline in memory', async () => {
  const crm = memoryPipeline();
  return {
    crm,
    content: async () => crm.content(),
    restart: async () => crm,
    close: async () => {},
  };
});

crmContract('the local pipeline', async () => {
  const directory = await newDirectory();
  return {
    crm: await openPipeline({ directory }),
    // What is in the file: a killed process leaves nothing else.
    content: async () => JSON.parse(await readFile(join(directory, 'pipeline.json'), 'utf8')),
    restart: () => openPipeline({ directory }),
    close: () => rm(directory, { recursive: true }),
  };
});

test('the board shows leads by stage, and tasks with their reasons and where to answer', async () => {
  const directory = await newDirectory();
  const crm = await openPipeline({ directory });
  const { id } = await crm.upsertLead('p-1', { name: 'Ana <3', email: 'ana@a.example' });
  await crm.setStage(id, 'mql');
  await crm.createTask('t', aTask(id));
  await crm.addNote('n', { leadId: id, text: 'Asked for prices', at: 0 });
  await crm.close();
  const board = await readFile(crm.page, 'utf8');
  for (const shown of ['Ana &lt;3', 'mql (1)', '+40 pricing', 'Asked for prices']) {
    expect(board).toContain(shown);
  }
  expect(board).toContain('href="http://127.0.0.1:4000/v1/handoffs/run-1/handoff"');
  expect(board).toContain('<time datetime="2026-03-04T10:00:00.000Z">');
  await rm(directory, { recursive: true });
});
