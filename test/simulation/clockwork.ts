/**
 * Owns every await of a run. Whoever is about to take a step waits at a gate; one at a time is let through,
 * chosen by the seed, and runs until everybody waits again. Time passes only when it is let.
 */
import type { Instant } from '../../dsl/plan.ts';
import type { Machine } from './machine.ts';
import { randomOf, type Random } from './random.ts';
import type { Trace } from './trace.ts';

interface Ticket {
  readonly machine: Machine | undefined;
  readonly label: string;
  readonly enter: () => void;
}

interface Alarm {
  readonly at: Instant;
  readonly order: number;
  readonly label: string;
  readonly ring: () => void;
  off: boolean;
}

export interface ClockworkOptions {
  readonly seed: number;
  readonly from: Instant;
  readonly trace: Trace;
  /** How likely time passes although somebody could take a step. */
  readonly haste: number;
  /** Before each step. */
  readonly beforeStep: () => void;
  /** Nobody can take a step, and time is about to pass. */
  readonly atRest: () => void;
  readonly maxSteps: number;
}

/** All that can be done by promises alone has been done. */
const immediately = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class Clockwork {
  now: Instant;
  steps = 0;
  /** Work that takes more than promises: nothing else moves meanwhile. */
  private busy = 0;
  private readonly random: Random;
  private readonly options: ClockworkOptions;
  private tickets: Ticket[] = [];
  private alarms: Alarm[] = [];
  private orders = 0;

  constructor(options: ClockworkOptions) {
    this.options = options;
    this.now = options.from;
    this.random = randomOf(`order of ${options.seed}`);
  }

  /** Waits for its turn; for ever where the machine has died. */
  gate(machine: Machine | undefined, label: string): Promise<void> {
    if (machine?.isAlive === false) return new Promise(() => undefined);
    return new Promise((enter) => {
      this.tickets.push({ machine, label, enter });
    });
  }

  /** @returns what keeps it from ringing. */
  after(ms: number, label: string, ring: () => void): () => void {
    const alarm = { at: this.now + Math.max(0, ms), order: this.orders++, label, ring, off: false };
    // Inserted in order: there are few.
    let place = this.alarms.length;
    while (place > 0 && (this.alarms[place - 1]?.at ?? 0) > alarm.at) place -= 1;
    this.alarms.splice(place, 0, alarm);
    return () => {
      alarm.off = true;
    };
  }

  sleep(ms: number, label: string): Promise<void> {
    return new Promise((wake) => {
      this.after(ms, label, wake);
    });
  }

  /** Does work in one step, whatever it waits for. */
  async uninterrupted<T>(work: () => Promise<T>): Promise<T> {
    this.busy += 1;
    try {
      return await work();
    } finally {
      this.busy -= 1;
    }
  }

  /** Whoever waits on it never goes on. */
  forget(machine: Machine): void {
    this.tickets = this.tickets.filter((ticket) => ticket.machine !== machine);
  }

  /** Until nobody has anything to do. False where that did not come about in time. */
  async run(): Promise<boolean> {
    const { beforeStep, atRest, haste, maxSteps } = this.options;
    for (;;) {
      do await immediately();
      while (this.busy > 0);
      if (this.steps >= maxSteps) return false;
      this.steps += 1;
      beforeStep();
      const canWait = this.tickets.length === 0 || (haste > 0 && this.random.chance(haste));
      if (canWait && this.tickets.length === 0) atRest();
      if (canWait && this.ringNext()) continue;
      if (this.tickets.length === 0) {
        if (this.alarms.length === 0) return true;
        continue;
      }
      this.letIn(this.random.below(this.tickets.length));
    }
  }

  private letIn(place: number): void {
    const [ticket] = this.tickets.splice(place, 1);
    if (ticket === undefined) return;
    this.options.trace.note(`${this.now} ${ticket.label}`);
    ticket.enter();
  }

  private ringNext(): boolean {
    for (let alarm = this.alarms.shift(); alarm !== undefined; alarm = this.alarms.shift()) {
      if (alarm.off) continue;
      this.now = Math.max(this.now, alarm.at);
      this.options.trace.note(`${this.now} ${alarm.label}`);
      alarm.ring();
      return true;
    }
    return false;
  }
}
