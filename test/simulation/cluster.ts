/** The processes that share the work: any may die at any step, and another one starts in its place. */
import type { Clockwork } from './clockwork.ts';
import type { Faults } from './faults.ts';
import { Machine } from './machine.ts';
import type { Random } from './random.ts';

export type Outcome<T> =
  | { readonly value: T }
  | { readonly error: unknown }
  /** Nobody will ever hear: the process died, or its answer was lost. */
  | { readonly lost: true };

export interface ClusterOptions {
  readonly clockwork: Clockwork;
  readonly faults: Faults;
  readonly random: Random;
  readonly size: number;
  /** Gives a new machine its world. */
  readonly equip: (machine: Machine) => void;
  /** False: whatever fails is tried again at the same instant. */
  readonly takesTime: boolean;
}

const MINUTE_MS = 60_000;

export class Cluster {
  private readonly options: ClusterOptions;
  private machines: Machine[] = [];
  private waiting: ((machine: Machine) => void)[] = [];
  private started = 0;
  private isDown = false;

  constructor(options: ClusterOptions) {
    this.options = options;
    for (let i = 0; i < options.size; i += 1) this.start();
  }

  get alive(): readonly Machine[] {
    return this.machines;
  }

  /** So much later, or at this very instant where faults take no time. */
  delay(ms: number): number {
    return this.options.takesTime ? ms : 0;
  }

  /** Asked before each step: who dies here, whose clock is set. */
  suffer(): void {
    const { faults, random } = this.options;
    if (this.machines.length > 0 && faults.hit('crash')) this.kill(random.pick(this.machines));
    if (this.machines.length > 0 && faults.hit('clock')) {
      random.pick(this.machines).skewMs = Math.round((random.next() * 2 - 1) * 1.5 * MINUTE_MS);
    }
    if (!this.isDown && faults.hit('outage')) this.goDown();
  }

  /** Does work on one of them, as soon as there is one. */
  onSome<T>(label: string, work: (machine: Machine) => Promise<T>): Promise<Outcome<T>> {
    return new Promise((resolve) => {
      this.whenSomeIsAlive((machine) => void this.on(machine, label, work).then(resolve));
    });
  }

  on<T>(
    machine: Machine,
    label: string,
    work: (machine: Machine) => Promise<T>,
  ): Promise<Outcome<T>> {
    if (!machine.isAlive) return Promise.resolve({ lost: true });
    return new Promise((resolve) => {
      const lost = () => resolve({ lost: true });
      const forget = machine.onDeath(lost);
      const end = (outcome: Outcome<T>) => {
        forget();
        resolve(this.options.faults.hit('answer-lost') ? { lost: true } : outcome);
      };
      void this.options.clockwork
        .gate(machine, `${machine.name} ${label}`)
        .then(() => work(machine))
        .then(
          (value) => end({ value }),
          (error: unknown) => end({ error }),
        );
      // It goes on all the same.
      if (this.options.faults.hit('zombie')) lost();
    });
  }

  private whenSomeIsAlive(use: (machine: Machine) => void): void {
    if (this.machines.length === 0) this.waiting.push(use);
    else use(this.options.random.pick(this.machines));
  }

  private start(): void {
    const machine = new Machine(`machine-${(this.started += 1)}`);
    this.options.equip(machine);
    this.machines.push(machine);
    const { waiting } = this;
    this.waiting = [];
    for (const use of waiting) use(machine);
  }

  private kill(machine: Machine): void {
    const { clockwork, random } = this.options;
    this.machines = this.machines.filter((each) => each !== machine);
    clockwork.forget(machine);
    machine.die();
    const ms = this.delay(random.below(2 * MINUTE_MS));
    if (!this.isDown) clockwork.after(ms, 'a process starts', () => this.isDown || this.start());
  }

  private goDown(): void {
    const { clockwork, random, size } = this.options;
    this.isDown = true;
    for (const machine of this.machines) this.kill(machine);
    clockwork.after(random.below(300) * MINUTE_MS, 'the outage ends', () => {
      this.isDown = false;
      for (let i = 0; i < size; i += 1) this.start();
    });
  }
}
