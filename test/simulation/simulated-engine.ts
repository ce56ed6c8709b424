/**
 * A model of Temporal, as far as the product rests on it: workflows by id, histories, tasks that are recorded
 * whole or not at all, timers, signals in the order of their arrival, activities at least once. It itself
 * loses nothing, unless somebody ends a workflow, or all that it keeps is gone.
 */
import type { Answer } from '../../dsl/step.ts';
import type { OwnCodeAsked } from '../../engine/asked.ts';
import type { CohortItem } from '../../engine/items.ts';
import type { CohortInput } from '../../workflows/cohort-input.ts';
import type { Engine } from '../../workflows/engine.ts';
import type { Clockwork } from './clockwork.ts';
import type { Cluster } from './cluster.ts';
import type { Faults } from './faults.ts';
import { type Job, Life, printCommands, type RecordedTask, type RunLocally } from './life.ts';
import type { Machine } from './machine.ts';

export interface SimulatedEngineOptions {
  readonly clockwork: Clockwork;
  readonly cluster: Cluster;
  readonly faults: Faults;
  readonly object: (problem: string) => void;
  readonly engineOf?: ((engine: Engine) => Engine) | undefined;
}

/** How long it takes until a task or activity that went silent is given to somebody else. */
const SILENT_MS = 10_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 30_000;

export class SimulatedEngine {
  readonly options: SimulatedEngineOptions;
  /** The latest execution of each workflow. */
  private readonly executions = new Map<string, Execution>();
  begun = 0;

  constructor(options: SimulatedEngineOptions) {
    this.options = options;
  }

  /** @returns false where the id was used before. */
  startOnce(id: string, input: CohortInput): boolean {
    if (this.executions.has(id)) return false;
    this.begin(id, input);
    return true;
  }

  signalWithStart(id: string, input: CohortInput, items: readonly CohortItem[]): void {
    const known = this.executions.get(id);
    const running = known?.isRunning === true ? known : this.begin(id, input);
    running.push({ type: 'signal', items });
  }

  /** @returns false where nothing of that id is running. */
  signal(id: string, items: readonly CohortItem[]): boolean {
    const running = this.running(id);
    running?.push({ type: 'signal', items });
    return running !== undefined;
  }

  running(id: string): Execution | undefined {
    const known = this.executions.get(id);
    return known?.isRunning === true ? known : undefined;
  }

  get allRunning(): readonly Execution[] {
    return [...this.executions.values()].filter(({ isRunning }) => isRunning);
  }

  /** Somebody ends it. */
  terminate(id: string): void {
    this.running(id)?.end();
  }

  /** All that it kept is gone: nobody knows any more that there was anything. */
  loseEverything(): void {
    for (const execution of this.allRunning) execution.end();
    this.executions.clear();
  }

  begin(id: string, input: CohortInput): Execution {
    this.begun += 1;
    const execution = new Execution(this, id, `${id} ${this.begun}`, input);
    this.executions.set(id, execution);
    execution.push({ type: 'start' });
    return execution;
  }
}

export class Execution {
  readonly id: string;
  readonly unique: string;
  isRunning = true;
  /** Kept in memory by a machine. */
  life: Life | undefined;
  private readonly engine: SimulatedEngine;
  private readonly input: CohortInput;
  private readonly history: RecordedTask[] = [];
  private readonly pending: Job[] = [];
  private readonly timers = new Map<number, () => void>();
  /** Counts tasks: an older one is not listened to. */
  private task = 0;
  private isWorking = false;
  private failures = 0;

  constructor(engine: SimulatedEngine, id: string, unique: string, input: CohortInput) {
    this.engine = engine;
    this.id = id;
    this.unique = unique;
    this.input = input;
  }

  /** Everything that happened to it has been worked off. */
  get isAtRest(): boolean {
    return !this.isWorking && this.pending.length === 0;
  }

  push(job: Job): void {
    if (!this.isRunning) return;
    this.pending.push(job);
    this.schedule();
  }

  end(): void {
    this.isRunning = false;
    this.task += 1;
    for (const off of this.timers.values()) off();
  }

  private schedule(): void {
    if (this.isWorking || !this.isRunning || this.pending.length === 0) return;
    this.isWorking = true;
    const { cluster } = this.engine.options;
    const task = (this.task += 1);
    const label = `task of ${this.id}`;
    const work = (machine: Machine) => this.work(machine, task);
    const sticky = this.life?.machine;
    const done =
      sticky?.isAlive === true ? cluster.on(sticky, label, work) : cluster.onSome(label, work);
    void done.then((outcome) => {
      if (this.task !== task) return;
      if ('value' in outcome) {
        this.isWorking = false;
        return this.schedule();
      }
      const isLost = 'lost' in outcome;
      // Recorded, though its worker has not heard so.
      if (isLost && this.wasTaken(task)) {
        this.life = undefined;
        this.isWorking = false;
        return this.schedule();
      }
      this.again(isLost ? SILENT_MS : backOff((this.failures += 1)));
    });
  }

  private lastTaken = 0;
  private wasTaken = (task: number): boolean => this.lastTaken === task;

  private again(ms: number): void {
    const { clockwork, cluster } = this.engine.options;
    this.life = undefined;
    this.task += 1;
    clockwork.after(cluster.delay(ms), `another task of ${this.id}`, () => {
      this.isWorking = false;
      this.schedule();
    });
  }

  private async work(machine: Machine, task: number): Promise<void> {
    const { clockwork, faults } = this.engine.options;
    const life = await this.lifeOn(machine, task);
    const jobs = [...this.pending];
    const at = clockwork.now;
    life.activate(at, jobs);
    do {
      await clockwork.gate(machine, `${machine.name} goes on with ${this.id}`);
      if (life.unblock()) continue;
      if (life.open > 0) await life.whenOneEnds();
      else break;
    } while (life.failed === undefined);
    if (life.failed !== undefined) throw life.failed;
    await clockwork.gate(machine, `${machine.name} completes a task of ${this.id}`);
    // Somebody else has it by now.
    if (this.task !== task) return;
    if (faults.hit('task-lost')) throw new Error('The engine did not take the task.');
    this.complete(
      life,
      { at, jobs, marks: life.marks, commands: printCommands(life.commands) },
      task,
    );
  }

  private async lifeOn(machine: Machine, task: number): Promise<Life> {
    const { clockwork, faults, object, engineOf } = this.engine.options;
    const isOurs = this.task === task;
    if (isOurs && this.life?.machine === machine && !faults.hit('eviction')) return this.life;
    const life = new Life({
      identity: { cohort: this.id, execution: this.unique },
      machine,
      input: this.input,
      planOf: (hash) => machine.world.plan(hash),
      runLocally: this.locally(machine),
      now: () => clockwork.now,
      object: (problem) => object(`${this.id}: ${problem}`),
      engineOf,
    });
    await clockwork.uninterrupted(() => life.replay(this.history));
    if (life.failed !== undefined) throw life.failed;
    // A worker that was taken for dead keeps what it has in memory to itself.
    if (isOurs) this.life = life;
    return life;
  }

  /** All of the task, or nothing of it. */
  private complete(life: Life, recorded: RecordedTask, task: number): void {
    const { timers, cut, ownCode, end } = life.commands;
    const { clockwork } = this.engine.options;
    if (end !== undefined && this.pending.length > recorded.jobs.length)
      throw new Error('Something has come since. [unhandled-command]');
    this.lastTaken = task;
    this.failures = 0;
    this.history.push(recorded);
    this.pending.splice(0, recorded.jobs.length);
    life.taken();
    if (end !== undefined) {
      this.isRunning = false;
      for (const off of this.timers.values()) off();
      if (end.next !== undefined) this.engine.begin(this.id, end.next);
      return;
    }
    for (const number of cut) {
      this.timers.get(number)?.();
      this.timers.delete(number);
    }
    for (const [number, ms] of timers) {
      const off = clockwork.after(ms, `timer of ${this.id}`, () => {
        this.timers.delete(number);
        this.push({ type: 'timer', number });
      });
      this.timers.set(number, off);
    }
    for (const [number, asked] of ownCode) void this.runOwnCode(number, asked);
  }

  /** In the very process of the task, until it has an answer: what is lost with the process is asked again. */
  private locally(machine: Machine): RunLocally {
    const { clockwork, cluster } = this.engine.options;
    return async (name, given) => {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await cluster.on<unknown>(machine, `${name} for ${this.id}`, () =>
          // Named by the workflow, which gives what its activity takes.
          (machine.activities[name] as (given: object) => Promise<unknown>)(given),
        );
        if ('value' in outcome) return outcome.value;
        // The task has died with the machine.
        if (!machine.isAlive) return new Promise(() => undefined);
        await clockwork.sleep(cluster.delay(backOff(attempt)), `${name} for ${this.id} again`);
      }
    };
  }

  private async runOwnCode(number: number, asked: OwnCodeAsked): Promise<void> {
    const { clockwork, cluster } = this.engine.options;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await cluster.onSome<Answer>(`own code of ${asked.run}`, (machine) =>
        machine.activities.runOwnCode(asked),
      );
      if ('value' in outcome) return this.push({ type: 'own-code', number, answer: outcome.value });
      const ms = cluster.delay('lost' in outcome ? SILENT_MS : backOff(attempt));
      await clockwork.sleep(ms, `own code of ${asked.run} again`);
    }
  }
}

const backOff = (attempt: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 20), LONGEST_RETRY_MS);
