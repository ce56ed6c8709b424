/** A worker that tests kill and start again: what it is given, what it says, and what must be true at the end. */
import { randomUUID } from 'node:crypto';
import { expect, inject } from 'vitest';
import type { PipelineContent } from '../../channels/crm/local/pipeline-state.ts';
import type { Decision, Enrolment, Message } from '../../store/tables/index.ts';
import { type ProgramInChild, runInChild } from '../child-process.ts';
import type { ResendServer } from '../fakes/resend-server.ts';

export interface KillableOptions {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly taskQueue: string;
  readonly directory: string;
  /** Instead of the embedded store in the directory. */
  readonly databaseUrl?: string;
  readonly resendUrl: string;
  readonly offsetMs: number;
  readonly people: number;
  readonly cohortSize: number;
  /** Hangs for good after so many deliveries to cohorts, or tasks made in the CRM. */
  readonly hang?: { readonly where: 'signals' | 'crm'; readonly after: number };
}

export interface KillableReport {
  readonly enrolments: readonly Enrolment[];
  readonly decisions: readonly Decision[];
  readonly messages: readonly Message[];
  readonly pipeline: PipelineContent;
}

/** Options for one test: everything of its own. */
export const killableOptions = (
  directory: string,
  resend: ResendServer,
  of: Pick<KillableOptions, 'people' | 'cohortSize'>,
): KillableOptions => ({
  temporal: inject('temporalServer'),
  taskQueue: `kill-${randomUUID()}`,
  directory,
  resendUrl: resend.url,
  offsetMs: Date.UTC(2026, 2, 2, 8) - Date.now(),
  ...of,
});

export const startKillable = (options: KillableOptions): ProgramInChild =>
  runInChild('killable-worker.ts', [JSON.stringify(options)]);

/** `kill -9`, and the certainty that it is gone. */
export async function kill(worker: ProgramInChild): Promise<void> {
  worker.child.kill('SIGKILL');
  await worker.ended();
}

/** Reads on until the worker says so. */
export async function heard(worker: ProgramInChild, word: 'ready' | 'hanging'): Promise<void> {
  while ((await worker.nextLine()) !== JSON.stringify(word));
}

/** Reads on until everybody's journey is over. */
export async function reported(worker: ProgramInChild): Promise<KillableReport> {
  for (;;) {
    // The worker says nothing but its report in curly brackets.
    const line = await worker.nextLine();
    if (line.startsWith('{')) return JSON.parse(line) as KillableReport;
  }
}

const EMAILS = ['intro', 'related', 'from-seller', 'whitepaper', 'webinars', 'demo', 'proposal'];
const CALLS = ['check-in', 'meeting'];

/** Nobody lost, nothing twice, and a ledger that says so. */
export async function expectEachTouchOnce(
  { enrolments, decisions, messages, pipeline }: KillableReport,
  { people }: KillableOptions,
  { delivered }: ResendServer,
): Promise<void> {
  expect(enrolments.map(({ status }) => status)).toEqual(Array(people).fill('completed'));
  const leads = Array.from({ length: people }, (_, i) => `lead-${i}@example.com`);
  const sent = delivered.map(({ to, subject }) => `${to.join()} ${subject.split(' ')[0]}`);
  expect(sent.toSorted()).toEqual(
    leads.flatMap((to) => EMAILS.map((template) => `${to} ${template}`)).toSorted(),
  );
  const decided = decisions.map(({ run, verdict, what }) => `${run} ${verdict} ${what}`);
  const touches = [...EMAILS.map((id) => `email ${id}`), ...CALLS.map((id) => `call ${id}`)];
  expect(decided.toSorted()).toEqual(
    enrolments
      .flatMap(({ id }) => [
        `${id} enter enter`,
        ...touches.map((what) => `${id} send ${what}`),
        `${id} end end`,
      ])
      .toSorted(),
  );
  expect(messages.map(({ status }) => status)).toEqual(Array(people * EMAILS.length).fill('sent'));
  expect(pipeline.tasks).toHaveLength(people * CALLS.length);
  expect(pipeline.leads).toHaveLength(people);
}
