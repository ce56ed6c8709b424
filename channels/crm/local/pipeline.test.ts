import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryStore } from '../../../store/memory/memory-store.ts';
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
  const store = memoryStore();
  const crm = await openPipeline({ directory, store });
  return {
    crm,
    content: () => crm.content(),
    // By another worker, whose disk is empty.
    restart: async () => openPipeline({ directory: await newDirectory(), store }),
    close: () => rm(directory, { recursive: true }),
  };
});

test('two workers with disks of their own have one pipeline, and its board shows all of it', async () => {
  const store = memoryStore();
  const [one, two] = [
    await openPipeline({ directory: await newDirectory(), store }),
    await openPipeline({ directory: await newDirectory(), store }),
  ];
  const ids = await Promise.all(
    ['p-1', 'p-2'].map(async (key) => (await one.upsertLead(key, { name: key })).id),
  );
  for (const id of ids) await two.createTask(`task-of-${id}`, aTask(id));
  await one.assignOwner(ids[0] ?? '', 'marta');
  await two.setStage(ids[0] ?? '', 'sql');
  expect(await one.content()).toEqual(await two.content());
  expect((await one.content()).tasks).toHaveLength(2);
  await two.close();
  expect(await readFile(two.page, 'utf8')).toContain('2 leads, 2 tasks');
});

test('what is asked together is changed in few transactions; one that is refused stops no other', async () => {
  const store = memoryStore();
  let transactions = 0;
  const counting: typeof store = {
    ...store,
    transaction: (work) => {
      transactions += 1;
      return store.transaction(work);
    },
  };
  const crm = await openPipeline({ directory: await newDirectory(), store: counting });
  const made = await Promise.allSettled([
    ...Array.from({ length: 100 }, (_, i) => crm.upsertLead(`p-${i}`, { name: `P ${i}` })),
    crm.setStage('nobody', 'sql'),
    crm.upsertLead('p-0', { name: 'Ana' }),
  ]);
  expect(transactions).toBeLessThan(5);
  expect(made.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'unknown-lead' } },
  ]);
  const { leads } = await crm.content();
  expect(leads).toHaveLength(100);
  expect(leads[0]?.fields).toEqual({ name: 'Ana' });
  await crm.close();
});

test('the board shows leads by stage, and tasks with their reasons and where to answer', async () => {
  const directory = await newDirectory();
  const crm = await openPipeline({ directory, store: memoryStore() });
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
