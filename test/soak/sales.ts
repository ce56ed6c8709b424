/** Sales: looks at the CRM's tasks now and then, and answers most handoffs, some late, some twice. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CrmTask } from '../../channels/crm/crm.ts';
import { readLines } from '../fakes/resend-journal.ts';
import { hashOf } from '../simulation/random.ts';
import type { CrmCall } from './programs/crm-call.ts';
import type { Reporter } from './reporter.ts';

const LOOK_EVERY_MS = 2_000;
const SLOWEST_MS = 60_000;
const ANSWERS = ['yes', 'yes', 'maybe', 'never', undefined] as const;

export class Sales {
  /** Run and step of each handoff that was answered, with the answer. */
  readonly answered = new Map<string, string>();
  private readonly seen = new Set<string>();
  private readonly busy: Promise<void>[] = [];
  private readonly ended = new AbortController();
  private readonly looking: Promise<void>;
  private readonly journal: string;
  private readonly reporter: Reporter;

  constructor(journal: string, reporter: Reporter) {
    this.journal = journal;
    this.reporter = reporter;
    this.looking = this.look();
  }

  async end(): Promise<void> {
    this.ended.abort();
    await this.looking;
    await Promise.all(this.busy);
  }

  private async look(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      for (const task of tasksIn(this.journal)) this.see(task);
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private see({ handoff, at }: CrmTask): void {
    if (handoff === undefined) return;
    const { run, step } = handoff;
    const id = `${run}/${step}`;
    if (this.seen.has(id)) return;
    this.seen.add(id);
    const chance = hashOf(`${step}/${at}`);
    const answer = ANSWERS[chance % ANSWERS.length];
    if (answer !== undefined) this.busy.push(this.answer(id, answer, chance % SLOWEST_MS));
  }

  private async answer(id: string, answer: string, afterMs: number): Promise<void> {
    await pause(afterMs);
    const [run, ...step] = id.split('/');
    const path = `/v1/handoffs/${run}/${encodeURIComponent(step.join('/'))}`;
    if (await this.reporter.post(path, { answer })) this.answered.set(id, answer);
  }
}

export const tasksIn = (journal: string): readonly CrmTask[] =>
  readLines<CrmCall>(journal)
    .filter(({ method }) => method === 'createTask')
    // The method's arguments: key and task.
    .map(({ args }) => args[1] as CrmTask);
