/** Which faults a run meets: each opportunity is asked about once, and a seed answers. */
import { randomOf, type Random } from './random.ts';
import type { Trace } from './trace.ts';

export const FAULTS = [
  /** A process dies, and a new one takes its place. */
  'crash',
  /** A transaction fails; afterwards nothing of it is there. */
  'database-before',
  /** A transaction commits, and its caller hears that it failed. */
  'database-after',
  /** The engine cannot be reached. */
  'engine-before',
  /** The engine has taken a call, and its answer is lost. */
  'engine-after',
  /** Somebody ends a cohort's workflow, and a while later that is noticed. */
  'cohort-lost',
  /** The engine loses all that it keeps, and a while later that is noticed. */
  'engine-lost',
  /** A workflow is put out of memory and has to be replayed. */
  'eviction',
  /** A workflow task's result is lost: the task begins again, with whatever has come since. */
  'task-lost',
  /** An activity has ended, and nobody hears of it. */
  'answer-lost',
  /** Somebody is taken for dead who goes on: two do the same. */
  'zombie',
  /** The author's own code throws. */
  'own-code',
  /** The provider refuses the call for now: 429. */
  'provider-busy',
  /** 500, nothing accepted. */
  'provider-error',
  /** Accepted, and 500 is the answer. */
  'provider-error-after',
  /** Accepted, and no answer. */
  'provider-silent',
  /** An answer that nobody foresaw, nothing accepted. */
  'provider-shapeless',
  /** Its quota is used up: nothing for a long while. */
  'provider-quota',
  /** The CRM fails before or after it has done what it was asked. */
  'crm-before',
  'crm-after',
  /** What people did comes twice, long after the first time. */
  'news-again',
  /** What people did comes late, and so in another order. */
  'news-late',
  /** The clock of a process is wrong by up to a minute and a half. */
  'clock',
  /** Nothing runs for hours. */
  'outage',
  /** A process lacks the plan of a journey for a while. */
  'plan-missing',
] as const;

export type Fault = (typeof FAULTS)[number];

const TAKING_TIME: readonly Fault[] = [
  'provider-busy',
  'provider-shapeless',
  'provider-quota',
  'news-late',
  'clock',
  'outage',
  'plan-missing',
];

/** Faults after which the same story has to be told: none of them takes time. */
export const TIMELESS: readonly Fault[] = FAULTS.filter((fault) => !TAKING_TIME.includes(fault));

export interface FaultPlan {
  readonly rates: { readonly [F in Fault]?: number };
  /** Of the faults that the seed would inject, these alone, by their number; left out: all. */
  readonly only?: readonly number[];
}

export class Faults {
  private readonly random: Random;
  private readonly rates: FaultPlan['rates'];
  private readonly only: ReadonlySet<number> | undefined;
  private readonly trace: Trace;
  private isOver = false;
  /** Those that the seed would inject. */
  considered = 0;
  /** By kind, those that were injected. */
  readonly injected = new Map<Fault, number>();

  constructor(seed: number, { rates, only }: FaultPlan, trace: Trace) {
    this.random = randomOf(`faults of ${seed}`);
    this.rates = rates;
    this.only = only && new Set(only);
    this.trace = trace;
  }

  /** Whether this is where it happens. */
  hit(fault: Fault): boolean {
    const rate = this.rates[fault] ?? 0;
    if (this.isOver || rate === 0 || this.random.next() >= rate) return false;
    const number = this.considered++;
    if (this.only?.has(number) === false) return false;
    this.injected.set(fault, (this.injected.get(fault) ?? 0) + 1);
    this.trace.note(`fault ${number} ${fault}`);
    return true;
  }

  /** From now on all goes well. */
  stop(): void {
    this.isOver = true;
  }

  get total(): number {
    return [...this.injected.values()].reduce((sum, count) => sum + count, 0);
  }
}
