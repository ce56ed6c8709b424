/** What every `Crm` must do, whichever vendor is behind it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Crm, CrmTask } from './crm.ts';

/** One vendor to hold to the contract; made anew for each test. */
export interface CrmHarness {
  readonly crm: Crm;
  /** What the vendor holds now. */
  content(): Promise<CrmContent>;
  /** The same vendor as a worker finds it after it was killed without warning. */
  restart(): Promise<Crm>;
  close(): Promise<void>;
}

export interface CrmContent {
  readonly leads: readonly {
    readonly id: string;
    readonly fields: { readonly [name: string]: unknown };
    readonly stage: string | null;
    readonly owner: string | null;
  }[];
  readonly tasks: readonly (CrmTask & { readonly id: string })[];
  readonly notes: readonly {
    readonly id: string;
    readonly leadId: string;
    readonly text: string;
  }[];
}

export function aTask(leadId: string, change: Partial<CrmTask> = {}): CrmTask {
  return {
    leadId,
    owner: 'marta',
    kind: 'handoff',
    title: 'Answer the handoff of Ana',
    body: 'Score 82\n+40 pricing',
    at: Date.UTC(2026, 2, 2, 10),
    dueAt: Date.UTC(2026, 2, 4, 10),
    answerTo: 'http://127.0.0.1:4000/v1/handoffs/run-1/handoff',
    ...change,
  };
}

export function crmContract(name: string, open: () => Promise<CrmHarness>): void {
  describe(`${name} as a CRM`, () => {
    let harness: CrmHarness;
    let crm: Crm;
    beforeEach(async () => {
      harness = await open();
      crm = harness.crm;
    });
    afterEach(() => harness.close());

    test('adds a lead once, and brings its fields up to date', async () => {
      const first = await crm.upsertLead('p-1', { name: 'Ana', country: 'ES' });
      const second = await crm.upsertLead('p-1', { country: 'FR' });
      expect([first.created, second.created]).toEqual([true, false]);
      expect(second.id).toBe(first.id);
      const other = await crm.upsertLead('p-2', { name: 'Luis' });
      expect(other.id).not.toBe(first.id);
      expect((await harness.content()).leads).toMatchObject([
        { id: first.id, fields: { name: 'Ana', country: 'FR' } },
        { id: other.id, fields: { name: 'Luis' } },
      ]);
    });

    test('sets stage and owner', async () => {
      const { id } = await crm.upsertLead('p-1', { name: 'Ana' });
      await crm.setStage(id, 'mql');
      await crm.setStage(id, 'sql');
      await crm.assignOwner(id, 'marta');
      expect((await harness.content()).leads).toMatchObject([{ stage: 'sql', owner: 'marta' }]);
    });

    test('makes a task and a note once for each key', async () => {
      const { id } = await crm.upsertLead('p-1', { name: 'Ana' });
      const task = await crm.createTask('run-1/handoff/handoff', aTask(id));
      const note = await crm.addNote('run-1/note/note', { leadId: id, text: 'Look', at: 1 });
      expect([task.created, note.created]).toEqual([true, true]);
      const after = await harness.restart();
      expect(await after.createTask('run-1/handoff/handoff', aTask(id))).toEqual({
        id: task.id,
        created: false,
      });
      expect(await after.addNote('run-1/note/note', { leadId: id, text: 'Look', at: 1 })).toEqual({
        id: note.id,
        created: false,
      });
      const { tasks, notes } = await harness.content();
      expect(tasks).toMatchObject([{ id: task.id, ...aTask(id) }]);
      expect(notes).toMatchObject([{ id: note.id, leadId: id, text: 'Look' }]);
    });

    test('keeps what it said it had, through a restart', async () => {
      const { id } = await crm.upsertLead('p-1', { name: 'Ana' });
      await crm.assignOwner(id, 'marta');
      const after = await harness.restart();
      expect(await after.upsertLead('p-1', {})).toEqual({ id, created: false });
      expect((await harness.content()).leads).toMatchObject([
        { id, owner: 'marta', fields: { name: 'Ana' } },
      ]);
    });

    test('takes many calls at once', async () => {
      const made = await Promise.all(
        Array.from({ length: 50 }, (_, i) => crm.upsertLead(`p-${i % 25}`, { i })),
      );
      expect(made.filter(({ created }) => created)).toHaveLength(25);
      expect((await harness.content()).leads).toHaveLength(25);
    });

    test('refuses what belongs to no lead', async () => {
      await expect(crm.setStage('nobody', 'mql')).rejects.toMatchObject({ name: 'CrmRefusal' });
      await expect(crm.createTask('k', aTask('nobody'))).rejects.toMatchObject({
        name: 'CrmRefusal',
      });
    });
  });
}
