/**
 * The scheduler of 1 to 1,000 runs of one journey: what comes for whom, who is due, what they ask, in
 * batches. Knows no engine and no clock, so both hosts drive the same one.
 */
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Answer } from '../dsl/step.ts';
import type { Asked, Outdated, Unanswered, Unwritten } from './asked.ts';
import { entryItem, entryPosition, STARTED } from './entry.ts';
import {
  byInstant,
  byInstantAndId,
  type CohortItem,
  type EndItem,
  type EnrolItem,
  instantOf,
} from './items.ts';
import { People } from './people.ts';
import type { Move, Position } from './position.ts';
import { type CohortSettings, listensSinceEntry } from './situation.ts';

/** All that a host must keep of a cohort. */
export interface CohortState {
  readonly positions: readonly Position[];
  /** Items whose instant has not come. */
  readonly later: readonly CohortItem[];
  /** Runs that are over: late duplicates of their entry change nothing. */
  readonly over: readonly string[];
}

export class Cohort {
  private readonly people: People;
  private later: CohortItem[];
  /** Runs that were ever in it. */
  private readonly known: Set<string>;
  private readonly order: typeof byInstant;

  constructor(
    planOf: (hash: string) => Plan,
    settings: CohortSettings,
    { positions, later, over }: CohortState = { positions: [], later: [], over: [] },
  ) {
    this.people = new People(planOf, settings);
    this.order = settings.exact === true ? byInstantAndId : byInstant;
    this.known = new Set(over);
    this.later = [...later];
    for (const position of positions) this.join(position);
  }

  /** Takes what came from outside. What lies in the future is kept for its instant; what is for nobody here is dropped. */
  accept(items: readonly CohortItem[], now: Instant): void {
    for (const item of items.toSorted(this.order)) {
      if (instantOf(item) > now) this.later.push(item);
      else this.take(item, now);
    }
  }

  /** Hears what was kept for now, then wakes everybody who is due. */
  wake(now: Instant): void {
    const due = this.later.filter((item) => instantOf(item) <= now);
    if (due.length > 0) {
      this.later = this.later.filter((item) => instantOf(item) > now);
      for (const item of due.toSorted(this.order)) this.take(item, now);
    }
    this.people.wakeDue(now);
  }

  /** Goes on from the state of an execution whose own code was still open. */
  askAgain(): void {
    this.people.askAgain();
  }

  has(run: string): boolean {
    return this.people.get(run) !== undefined;
  }

  /**
   * Goes on from positions that a store kept when all else was lost. Whoever is in it already stays where they are,
   * unless the store knows better.
   */
  resume(positions: readonly Position[], now: Instant, storeKnowsBetter = false): void {
    for (const position of positions) {
      const { run } = position;
      if (storeKnowsBetter) this.forget(run.id);
      if (this.known.has(run.id)) continue;
      // Whoever was parked as they entered has entered.
      const enters = position.parked === undefined && listensSinceEntry(run) > now;
      if (enters) this.later.push(entryItem(run));
      else {
        this.known.add(run.id);
        this.people.resume(position, now);
      }
    }
  }

  /** The requests made since the last time it was asked; each must be answered. */
  takeRequests(): readonly Asked[] {
    return this.people.takeAsked();
  }

  /** The moves since the last time it was asked: to be recorded before the requests that follow from them are made. */
  takeMoves(): readonly Move[] {
    return this.people.takeMoves();
  }

  /**
   * `recorded`: the host's store already knows where the answer leads. `now`: when it came, where that
   * may be long after it was asked.
   */
  answer(
    asked: Asked,
    answer: Answer | Unanswered | Outdated,
    recorded: boolean,
    now: Instant = asked.at,
  ): void {
    if (answer.type === 'outdated') return this.forget(asked.run.id);
    if (answer.type === 'failed') return this.refuse(asked, answer.error);
    this.people.answer(asked, answer, recorded, now);
  }

  /** The world could not answer and never will: the run is parked with its question. */
  refuse(asked: Asked, error: string): void {
    this.people.refuse(asked, error);
  }

  /** The store has parked these where they stood. */
  park(unwritten: readonly Unwritten[]): void {
    for (const { run, error } of unwritten) if (error !== undefined) this.people.park(run, error);
  }

  /** They are not in it any more, unless the store says so. */
  forget(run: string): void {
    this.known.delete(run);
    this.later = this.later.filter((item) => item.run !== run || item.type !== 'enrol');
    this.people.forget(run);
  }

  /** When something is next to be done without anything happening. */
  nextWake(): Instant | undefined {
    const due = this.people.nextDue() ?? Infinity;
    const next = this.later.reduce((first, item) => Math.min(first, instantOf(item)), due);
    return next === Infinity ? undefined : next;
  }

  /** People who are in it or about to enter, parked ones included. */
  get size(): number {
    return this.people.size + this.later.length;
  }

  positions(): IterableIterator<Position> {
    return this.people.all();
  }

  state(): CohortState {
    return {
      positions: [...this.people.all()],
      later: this.later,
      over: [...this.known].filter((id) => this.people.get(id) === undefined),
    };
  }

  private take(item: CohortItem, now: Instant): void {
    switch (item.type) {
      case 'enrol':
        return this.enrol(item, now);
      case 'happened':
        return this.people.give(item.run, { type: 'happened', item }, item.happening.at, now);
      case 'end':
        return this.end(item, now);
      case 'retry':
        return this.people.retry(item.run, now);
      case 'leap':
        return this.people.leap(item.run, now);
    }
  }

  private enrol(item: EnrolItem, now: Instant): void {
    if (this.known.has(item.run)) return;
    const position = entryPosition(item, this.people.isLate(item.at, now) ? now : item.at);
    this.join(position);
    // Who is parked is so in the store too, by the entry.
    if (position.parked === undefined) this.people.give(item.run, STARTED, item.at, now);
  }

  /** Whoever is about to enter never will. */
  private end({ run, reason, at }: EndItem, now: Instant): void {
    const entry = this.later.find((item) => item.type === 'enrol' && item.run === run);
    const awaited = entry?.type === 'enrol' ? entryPosition(entry, entry.at) : undefined;
    this.later = this.later.filter((item) => item.run !== run);
    this.known.add(run);
    const position = this.people.get(run) ?? awaited;
    if (position !== undefined) this.people.end(position, reason, at, now);
  }

  private join(position: Position): void {
    this.known.add(position.run.id);
    this.people.keep(position);
  }
}
