import { expect, test } from 'vitest';
import { memoryStore } from '../../../store/memory/memory-store.ts';
import { aTask, crmContract } from '../crm.contract.ts';
import { memoryPipeline } from './memory-pipeline.ts';
import { openPipeline } from './pipeline.ts';

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
  const store = memoryStore();
  const crm = openPipeline(store);
  return {
    crm,
    content: () => crm.content(),
    // By another worker.
    restart: async () => openPipeline(store),
    close: async () => {},
  };
});

test('two workers have one pipeline', async () => {
  const store = memoryStore();
  const [one, two] = [openPipeline(store), openPipeline(store)];
  const ids = await Promise.all(
    ['p-1', 'p-2'].map(async (key) => (await one.upsertLead(key, { name: key })).id),
  );
  for (const id of ids) await two.createTask(`task-of-${id}`, aTask(id));
  await one.assignOwner(ids[0] ?? '', 'marta');
  await two.setStage(ids[0] ?? '', 'sql');
  expect(await one.content()).toEqual(await two.content());
  expect((await one.content()).tasks).toHaveLength(2);
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
  const crm = openPipeline(counting);
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
});
