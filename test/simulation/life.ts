/**
 * A workflow in the memory of one machine: the cohort's host as production runs it, on an engine that
 * records what it is given. Replayed from a recorded history it has to ask for the same again.
 */
import type { Instant, Plan } from '../../dsl/plan.ts';
import type { OwnCodeAsked } from '../../engine/asked.ts';
import type { CohortItem } from '../../engine/items.ts';
import { PlanMissingError } from '../../engine/plan-missing-error.ts';
import { CohortHost } from '../../workflows/cohort-host.ts';
import type { CohortActivities, CohortInput } from '../../workflows/cohort-input.ts';
import type { Engine } from '../../workflows/engine.ts';
import type { Machine } from './machine.ts';
import { hashOf } from './random.ts';

export type Job =
  | { readonly type: 'start' }
  | { readonly type: 'signal'; readonly items: readonly CohortItem[] }
  | { readonly type: 'timer'; readonly number: number }
  | { readonly type: 'own-code'; readonly number: number; readonly answer: unknown };

/** A local activity's result, as a history keeps it. */
export interface Mark {
  readonly name: string;
  /** Of what it was given. */
  readonly hash: number;
  readonly result: unknown;
  readonly at: Instant;
}

/** A workflow task as a history keeps it. */
export interface RecordedTask {
  readonly at: Instant;
  readonly jobs: readonly Job[];
  readonly marks: readonly Mark[];
  /** Of what was asked for. */
  readonly commands: string;
}

/** What a task asks the engine for. */
export interface Commands {
  readonly timers: Map<number, number>;
  readonly cut: Set<number>;
  readonly ownCode: Map<number, OwnCodeAsked>;
  end?: { readonly next: CohortInput | undefined };
}

type LocalActivity = 'perform' | 'recordPositions' | 'whoIsIn';

/** What a local activity was given and is to answer. */
export type RunLocally = (name: LocalActivity, given: object) => Promise<unknown>;

export interface LifeOptions {
  readonly identity: { readonly cohort: string; readonly execution: string };
  readonly machine: Machine;
  readonly input: CohortInput;
  readonly planOf: (hash: string) => Plan | undefined;
  readonly runLocally: RunLocally;
  readonly now: () => Instant;
  /** For what is wrong with the workflow itself. */
  readonly object: (problem: string) => void;
  readonly engineOf?: ((engine: Engine) => Engine) | undefined;
}

/** What crosses a wire is JSON. */
const overTheWire = <T>(value: T): T =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);

const immediately = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Not too much of history, so that executions end often enough. */
const EVENTS_PER_TASK = 3;

export class Life {
  readonly machine: Machine;
  readonly host: CohortHost<CohortInput>;
  /** Local activities that are under way. */
  open = 0;
  failed: unknown;
  marks: Mark[] = [];
  commands: Commands = noCommands();
  private readonly options: LifeOptions;
  private now: Instant = 0;
  private events = 0;
  private timers = 0;
  private ownCodes = 0;
  private replaying: Mark[] = [];
  private hear: (items: readonly CohortItem[]) => void = () => undefined;
  private readonly openTimers = new Map<number, () => void>();
  private readonly openOwnCode = new Map<number, (answer: unknown) => void>();
  private conditions: { readonly holds: () => boolean; readonly resolve: () => void }[] = [];
  private restless: (() => void)[] = [];

  constructor(options: LifeOptions) {
    this.options = options;
    this.machine = options.machine;
    const time = {
      now: () => this.now,
      beforeRound: async () => undefined,
      horizon: () => Infinity,
    };
    const { engineOf = (engine) => engine } = options;
    this.host = new CohortHost(overTheWire(options.input), time, engineOf(this.engine()));
  }

  /** Lives through what is recorded. To be called while nothing else moves. */
  async replay(history: readonly RecordedTask[]): Promise<void> {
    for (const { at, jobs, marks, commands } of history) {
      this.replaying = [...marks];
      this.activate(at, jobs);
      do await immediately();
      while (this.unblock());
      const asked = printCommands(this.commands);
      if (this.failed !== undefined) return;
      if (asked !== commands || this.replaying.length > 0 || this.open > 0) {
        this.options.object(`replayed, it asks for ${asked} instead of ${commands}`);
      }
      this.taken();
    }
  }

  /** Begins a task. */
  activate(at: Instant, jobs: readonly Job[]): void {
    this.now = Math.max(at, this.now);
    this.events += EVENTS_PER_TASK + jobs.length;
    if (jobs.some(({ type }) => type === 'start')) this.begin();
    for (const job of jobs) if (job.type === 'signal') this.hear(overTheWire(job.items));
    for (const job of jobs) {
      if (job.type === 'timer') take(this.openTimers, job.number)?.();
      if (job.type === 'own-code') take(this.openOwnCode, job.number)?.(overTheWire(job.answer));
    }
  }

  /** True where somebody goes on. */
  unblock(): boolean {
    const held = this.conditions.filter(({ holds }) => holds());
    this.conditions = this.conditions.filter((each) => !held.includes(each));
    for (const { resolve } of held) resolve();
    return held.length > 0;
  }

  /** When a local activity has ended. */
  whenOneEnds(): Promise<void> {
    return new Promise((resolve) => {
      this.restless.push(resolve);
    });
  }

  /** The history has the task. */
  taken(): void {
    this.marks = [];
    this.commands = noCommands();
  }

  private begin(): void {
    this.host.run().then(
      () => {
        this.commands.end = { next: undefined };
      },
      (error: unknown) => {
        this.failed = error;
      },
    );
  }

  private engine(): Engine {
    const locally =
      (name: LocalActivity) =>
      (given: object): Promise<never> =>
        this.local(name, given) as Promise<never>; // what the activity of that name answers
    return {
      activities: {
        perform: locally('perform'),
        recordPositions: locally('recordPositions'),
        whoIsIn: locally('whoIsIn'),
        runOwnCode: ((asked) => this.ownCode(asked)) as CohortActivities['runOwnCode'],
      },
      planOf: (hash) => {
        const plan = this.options.planOf(hash);
        if (plan === undefined) throw new PlanMissingError(hash);
        return plan;
      },
      // Its attempts end once they find that nobody is under way.
      cancellable: (work) => ({ ended: work(), cancel: () => undefined }),
      identity: () => this.options.identity,
      hasExactInstants: () => true,
      onItems: (hear) => {
        this.hear = hear;
      },
      until: (holds) =>
        holds()
          ? Promise.resolve()
          : new Promise((resolve) => this.conditions.push({ holds, resolve })),
      timer: (ms) => this.timer(ms),
      history: () => ({ events: this.events, isLong: false }),
      continueAsNew: (next) => {
        // The host hands on its own input.
        this.commands.end = { next: overTheWire(next) as CohortInput };
        return new Promise(() => undefined);
      },
      tell: () => undefined,
      stepIndex: { read: () => undefined, write: () => undefined },
    };
  }

  private timer(ms: number) {
    const number = (this.timers += 1);
    this.commands.timers.set(number, ms);
    const ended = new Promise<void>((resolve) => this.openTimers.set(number, resolve));
    const cutShort = () => {
      const end = take(this.openTimers, number);
      if (end === undefined) return;
      if (!this.commands.timers.delete(number)) this.commands.cut.add(number);
      end();
    };
    return { ended, cutShort };
  }

  private ownCode(asked: OwnCodeAsked): Promise<unknown> {
    const number = (this.ownCodes += 1);
    this.commands.ownCode.set(number, overTheWire(asked));
    return new Promise((resolve) => this.openOwnCode.set(number, resolve));
  }

  private async local(name: LocalActivity, given: object): Promise<unknown> {
    const sent = overTheWire(given);
    const hash = hashOf(JSON.stringify(sent));
    this.events += 1;
    const known = this.replaying.shift();
    if (known !== undefined) {
      if (known.name !== name || known.hash !== hash)
        this.options.object(`replayed, it asks for another ${name} than it did`);
      this.now = Math.max(known.at, this.now);
      return overTheWire(known.result);
    }
    this.open += 1;
    const result = overTheWire(await this.options.runLocally(name, sent));
    this.open -= 1;
    this.now = Math.max(this.options.now(), this.now);
    this.marks.push({ name, hash, result, at: this.now });
    for (const resolve of this.restless.splice(0)) resolve();
    return overTheWire(result);
  }
}

function take<T>(from: Map<number, T>, number: number): T | undefined {
  const found = from.get(number);
  from.delete(number);
  return found;
}

const noCommands = (): Commands => ({ timers: new Map(), cut: new Set(), ownCode: new Map() });

export const printCommands = ({ timers, cut, ownCode, end }: Commands): string =>
  JSON.stringify([[...timers], [...cut], [...ownCode.keys()], end === undefined ? 0 : 1]);
