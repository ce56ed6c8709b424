/**
 * The people of a cohort: moves each by the interpreter, keeps what cannot be taken yet, and collects what
 * they ask and where they went. Whoever makes the interpreter throw is parked with the error; the others go on.
 */
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Answer } from '../dsl/step.ts';
import { type Input, wakeOf } from './advance.ts';
import { type Asked, isOwnCode } from './asked.ts';
import { isSamePlace, type Move, moveBy, type Position, type Waiting } from './position.ts';
import type { End, Run } from './run.ts';
import { type CohortSettings, punctualMs } from './situation.ts';
import { WakeQueue } from './wake-queue.ts';

export class People {
  private readonly planOf: (hash: string) => Plan;
  private readonly settings: CohortSettings;
  private readonly punctualMs: number;
  /** By run. */
  private readonly positions = new Map<string, Position>();
  private readonly wakes = new WakeQueue();
  private asked: Asked[] = [];
  /** By run. */
  private readonly moves = new Map<string, Move>();

  constructor(planOf: (hash: string) => Plan, settings: CohortSettings) {
    this.planOf = planOf;
    this.settings = settings;
    this.punctualMs = punctualMs(settings);
  }

  get size(): number {
    return this.positions.size;
  }

  get(id: string): Position | undefined {
    return this.positions.get(id);
  }

  all(): IterableIterator<Position> {
    return this.positions.values();
  }

  takeAsked(): readonly Asked[] {
    const { asked } = this;
    this.asked = [];
    return asked.map((each) => {
      const { waiting } = this.positions.get(each.run.id) ?? {};
      return waiting === undefined ? each : { ...each, waiting };
    });
  }

  takeMoves(): readonly Move[] {
    const moves = [...this.moves.values()];
    this.moves.clear();
    return moves;
  }

  /** When somebody is next due. */
  nextDue(): Instant | undefined {
    const first = this.wakes.first();
    return first === undefined ? undefined : this.onTick(first.at);
  }

  /** Whether it is now, not when it was due, that somebody acts. */
  isLate(due: Instant, now: Instant): boolean {
    return this.settings.exact === true && now - due > this.punctualMs;
  }

  wakeDue(now: Instant): void {
    for (let due = this.wakes.takeDue(now); due !== undefined; due = this.wakes.takeDue(now)) {
      this.give(due.id, { type: 'woke' }, due.at, now);
    }
  }

  /** Open requests are made again. Whoever is parked with theirs waits for somebody. */
  askAgain(): void {
    for (const { run, open, parked } of this.positions.values())
      if (open !== undefined && parked === undefined) this.asked.push({ run, ...open, ways: [] });
  }

  /** From where the store has it: an open request is made again, then it asks whether what it listens to has come. */
  resume(position: Position, now: Instant): void {
    const { run, open, parked } = position;
    this.keep(position);
    if (open !== undefined && parked === undefined) this.asked.push({ run, ...open, ways: [] });
    this.give(run.id, { type: 'resumed' }, now, now);
  }

  give(id: string, input: Input, due: Instant, now: Instant): void {
    if (this.settings.exact === true && input.type === 'happened') this.wakeBefore(id, due, now);
    const position = this.positions.get(id);
    if (position === undefined) return;
    const { run, open, parked, waiting = [] } = position;
    const at = this.instantFor(run, due, now);
    if (open === undefined && parked === undefined) {
      return this.move(position, input, at, false, this.isLate(due, now) ? due : undefined);
    }
    // The store hears of what waits for an answer with the answer, unless that may take long.
    const mayTakeLong = parked !== undefined || (open !== undefined && isOwnCode(open.request));
    const most = mayTakeLong ? MOST_WAITING_LONG : MOST_WAITING;
    const kept = { ...position, waiting: bounded([...waiting, { input, due }], most) };
    if (mayTakeLong) this.keepAndTell({ ...kept, run: inZone(run, input) }, at);
    else this.keep(kept);
  }

  /** Whoever was due before news of an instant has done what was due when they hear it. */
  private wakeBefore(id: string, news: Instant, now: Instant): void {
    for (;;) {
      const { run, open, parked } = this.positions.get(id) ?? {};
      const due = run === undefined ? undefined : wakeOf(run);
      if (due === undefined || due >= news || open !== undefined || parked !== undefined) return;
      this.give(id, { type: 'woke' }, due, now);
    }
  }

  answer({ run, at }: Asked, answer: Answer, recorded: boolean, now: Instant): void {
    const position = this.positions.get(run.id);
    if (position === undefined) return;
    const answeredAt = this.punctual(at, now);
    this.move(position, { type: 'answered', answer }, answeredAt, recorded);
    // What happened while the world thought is not moved back to the instant of the question.
    this.giveAll(run.id, position.waiting, (due) => Math.max(due, answeredAt));
  }

  refuse({ run: { id }, at, ways }: Asked, error: string): void {
    const position = this.positions.get(id);
    if (position === undefined) return;
    const { waiting = [] } = position;
    const known = waiting.reduce((run, { input }) => inZone(run, input), position.run);
    this.keepAndTell({ ...position, run: known, parked: { error } }, at, ways);
  }

  forget(id: string): void {
    this.positions.delete(id);
    this.wakes.schedule(id, undefined);
    this.moves.delete(id);
    this.asked = this.asked.filter(({ run }) => run.id !== id);
  }

  park(id: string, error: string): void {
    const position = this.positions.get(id);
    if (position !== undefined) this.keep({ ...position, parked: { error } });
  }

  retry(id: string, now: Instant): void {
    const position = this.positions.get(id);
    if (position?.parked === undefined) return;
    const { parked, open, run, waiting } = position;
    if (open !== undefined) {
      const again = { request: open.request, at: now };
      this.asked.push({ run, ...again, ways: [] });
      this.keepAndTell({ run, open: again, ...(waiting === undefined ? {} : { waiting }) }, now);
      return;
    }
    this.keep({ run });
    if (parked.input !== undefined) this.move({ run }, parked.input, now, false);
    this.giveAll(id, waiting, () => now);
    // Until it hears of what follows, the store has it parked, with all that it is to take.
    const after = this.positions.get(id);
    if (after !== undefined && after.open === undefined) this.keepAndTell(after, now);
  }

  /** Whoever waits for a time goes on as if it had come. */
  leap(id: string, now: Instant): void {
    const position = this.positions.get(id);
    if (position === undefined || position.open !== undefined || position.parked !== undefined)
      return;
    const { run } = position;
    if (run.wakeAt === undefined || run.wakeAt <= now) return;
    this.keep({ ...position, run: { ...run, wakeAt: now, leapt: true } });
    this.give(id, { type: 'woke' }, now, now);
  }

  /** Ends a run wherever it is: in the middle of a question, or parked. */
  end({ run }: Position, end: End, due: Instant, now: Instant): void {
    const { pending: _, ...rest } = run;
    this.leave({ run: rest }, end, Math.min(now, this.instantFor(run, due, now)), []);
  }

  keep(position: Position): void {
    const { run, open, parked } = position;
    this.positions.set(run.id, position);
    const isStill = open !== undefined || parked !== undefined;
    this.wakes.schedule(run.id, isStill ? undefined : this.dueAt(run));
  }

  private giveAll(
    id: string,
    waiting: readonly Waiting[] = [],
    nowOf: (due: Instant) => Instant,
  ): void {
    for (const { input, due } of waiting) this.give(id, input, due, nowOf(due));
    const position = this.positions.get(id);
    const last = waiting.at(-1);
    // Nothing waits any more, whether that moved anybody or not.
    if (position?.open === undefined && position?.parked === undefined && last !== undefined) {
      if (position !== undefined) this.keepAndTell(position, nowOf(last.due));
    }
  }

  /** @param listensFrom when it was due, where that is late. */
  private move(
    { run: before }: Position,
    input: Input,
    at: Instant,
    recorded: boolean,
    listensFrom?: Instant,
  ): void {
    const plan = this.planOf(before.plan);
    const { spreadMs, exact = false } = this.settings;
    const late = listensFrom === undefined ? {} : { listensFrom };
    const setting = { at, spreadMs, exact, ...late };
    try {
      const { position, end, ways } = moveBy(plan, before, input, setting);
      const { run, open } = position;
      // Whoever enters on time is recorded by the entry itself: it predicts the same.
      const isEntry = input.type === 'started' && run.causedAt === undefined;
      const known = recorded || (isEntry && at === run.entered);
      if (end !== undefined) return this.leave({ run }, end, at, known ? undefined : ways);
      this.keep(position);
      const isAnsweredSoon = open !== undefined && !isOwnCode(open.request);
      if (open !== undefined) {
        this.asked.push({ run, ...open, ways: known || !isAnsweredSoon ? [] : ways });
      }
      if (known || isAnsweredSoon) return;
      if (open !== undefined || !isSamePlace(before, run)) {
        this.tell({ position, at, ways });
      }
    } catch (error) {
      this.keepAndTell({ run: before, parked: { error: String(error), input } }, at);
    }
  }

  private keepAndTell(position: Position, at: Instant, ways: Move['ways'] = []): void {
    this.keep(position);
    this.tell({ position, at, ways });
  }

  /** `ways`: undefined where the store knows. */
  private leave(position: Position, end: End, at: Instant, ways: Move['ways'] | undefined): void {
    const { id } = position.run;
    this.positions.delete(id);
    this.wakes.schedule(id, undefined);
    if (ways !== undefined) this.tell({ position, at, end, ways });
  }

  /** Of each run the last place counts, with the ways that led there. */
  private tell(move: Move): void {
    const { id } = move.position.run;
    const ways = this.moves.get(id)?.ways ?? [];
    this.moves.set(id, ways.length === 0 ? move : { ...move, ways: [...ways, ...move.ways] });
  }

  private instantFor(run: Run, due: Instant, now: Instant): Instant {
    return Math.max(this.punctual(due, now), run.since);
  }

  /** When people act who were due at an instant. */
  private punctual(due: Instant, now: Instant): Instant {
    return due <= now && now - due <= this.punctualMs ? due : now;
  }

  private dueAt(run: Run): Instant | undefined {
    const wake = wakeOf(run);
    return wake === undefined || this.settings.exact === true ? wake : this.onTick(wake);
  }

  private onTick(wake: Instant): Instant {
    const { tickMs } = this.settings;
    return Math.ceil(wake / tickMs) * tickMs;
  }
}

const MOST_WAITING = 100;
/** Hundreds may be parked for months, and their cohort's whole state travels in one message. */
const MOST_WAITING_LONG = 3;

/** What happened is in the store: more of it comes to looking there once. News for a step is nowhere else. */
function bounded(waiting: readonly Waiting[], most: number): readonly Waiting[] {
  const [first] = waiting;
  if (first === undefined || waiting.length <= most) return waiting;
  const kept = waiting.filter(({ input }) => input.type === 'happened' && input.item.news);
  return [{ input: { type: 'resumed' }, due: first.due }, ...kept];
}

/** A zone that was learnt counts at once for somebody who can hear nothing else. */
const inZone = (run: Run, input: Input): Run =>
  input.type === 'happened' && input.item.zone !== undefined
    ? { ...run, zone: input.item.zone }
    : run;
