/**
 * The rehearsal host: a virtual clock that leaps from one instant at which something happens to the
 * next. Cohorts, activities and lanes are those of production; only the clock and the store are not.
 */
import { cohortSettings } from '../activities/cohort-settings.ts';
import { type Activities, createActivities } from '../activities/index.ts';
import { drainBatch } from '../activities/lanes/drain-batch.ts';
import { planOf } from '../activities/context.ts';
import type { Cohorts, LostCohort, World } from '../activities/world.ts';
import type { Instant } from '../dsl/plan.ts';
import type { Answer } from '../dsl/step.ts';
import { type Asked, isOwnCode, ownCodeAsked } from '../engine/asked.ts';
import { Cohort, type CohortState } from '../engine/cohort.ts';
import type { CohortItem } from '../engine/items.ts';
import { WakeQueue } from '../engine/wake-queue.ts';
import { happen } from './begin.ts';
import type { Script } from './script.ts';

/** More than what a test that fails on purpose needs. */
const MAX_ATTEMPTS = 10;

export class VirtualHost implements Cohorts {
  now: Instant;
  protected readonly cohorts = new Map<string, Cohort>();
  private readonly wakes = new WakeQueue();
  protected readonly touched = new Set<string>();
  private activities!: Activities;
  private known!: World;

  constructor(from: Instant) {
    this.now = from;
  }

  /** Given once: the world needs its cohorts to be made. */
  set world(world: World) {
    this.known = world;
    this.activities = createActivities(world);
  }

  get world(): World {
    return this.known;
  }

  deliver(cohort: string, journey: string, items: readonly CohortItem[]): Promise<boolean> {
    const target = this.cohorts.get(cohort) ?? this.begin(cohort, journey);
    target.accept(items, this.now);
    this.touched.add(cohort);
    return Promise.resolve(true);
  }

  /** Nothing is ever lost here. */
  async beginAgain({ id, journey }: LostCohort, items: readonly CohortItem[]): Promise<void> {
    await this.deliver(id, journey, items);
  }

  protected begin(id: string, journey: string, state?: CohortState): Cohort {
    const { world } = this;
    const settings = { ...cohortSettings(world.project, journey, id), exact: true };
    const cohort = new Cohort((hash) => planOf(world, hash), settings, state);
    this.cohorts.set(id, cohort);
    return cohort;
  }

  /** Plays until nothing is left to happen, or until `horizon`. */
  async play(script: Script, horizon: Instant): Promise<void> {
    // What happens at the instant of an entry is known to whoever enters at it.
    const first = script.take(this.now);
    if (first.length > 0) await happen(this.world, first);
    await this.settle();
    for (;;) {
      const next = Math.min(this.wakes.first()?.at ?? Infinity, script.next() ?? Infinity);
      if (next > horizon) return;
      this.now = Math.max(next, this.now);
      const cues = script.take(this.now);
      if (cues.length > 0) {
        await happen(this.world, cues);
        await this.settle();
      }
      this.wakeDue();
      await this.settle();
    }
  }

  private wakeDue(): void {
    const { wakes, now } = this;
    for (let due = wakes.takeDue(now); due !== undefined; due = wakes.takeDue(now)) {
      this.cohorts.get(due.id)?.wake(now);
      this.touched.add(due.id);
    }
  }

  /** Answers every request and drains every lane, until all is quiet at this instant. */
  protected async settle(): Promise<void> {
    for (;;) {
      await this.answerAll();
      if (!(await this.drainAll()) && this.touched.size === 0) return;
    }
  }

  private async answerAll(): Promise<void> {
    while (this.touched.size > 0) {
      const cohorts = [...this.touched].flatMap((id) => this.cohorts.get(id) ?? []);
      while (await this.carry(cohorts));
      this.rest();
    }
  }

  /** Where people went, before what they ask from there: the answers lead on. False where there was neither. */
  private async carry(cohorts: readonly Cohort[]): Promise<boolean> {
    const moves = cohorts.flatMap((cohort) => cohort.takeMoves());
    if (moves.length > 0) {
      const unwritten = await this.activities.recordPositions(moves);
      for (const cohort of cohorts) cohort.park(unwritten);
    }
    const asked = this.requestsOf(cohorts);
    if (asked.length > 0) await this.answer(asked);
    return moves.length > 0 || asked.length > 0;
  }

  private rest(): void {
    for (const id of this.touched) {
      const cohort = this.cohorts.get(id);
      this.wakes.schedule(id, cohort?.nextWake());
      if (cohort?.size === 0) this.cohorts.delete(id);
    }
    this.touched.clear();
  }

  private requestsOf(cohorts: readonly Cohort[]): OfCohort[] {
    return cohorts.flatMap((cohort) => cohort.takeRequests().map((asked) => ({ cohort, asked })));
  }

  private async answer(all: readonly OfCohort[]): Promise<void> {
    for (const batch of oncePerPerson(all.filter(({ asked }) => !isOwnCode(asked.request)))) {
      const answers = await this.activities.perform(batch.map(({ asked }) => asked));
      for (const [i, { cohort, asked }] of batch.entries()) {
        const answer = answers[i];
        if (answer !== undefined) cohort.answer(asked, answer, true);
      }
    }
    for (const { cohort, asked } of all) {
      if (!isOwnCode(asked.request)) continue;
      const answer = await this.askOwnCode(asked);
      if (answer !== undefined) cohort.answer(asked, answer, false);
    }
  }

  /** Tried again as Temporal would; what fails for good is thrown at whoever rehearses. Undefined: nobody answers. */
  protected async askOwnCode(asked: Asked): Promise<Answer | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.activities.runOwnCode(ownCodeAsked(asked));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** True when something left. */
  private async drainAll(): Promise<boolean> {
    let left = false;
    for (const lane of this.world.lanes.keys()) {
      while ((await drainBatch(this.world, lane)).rows > 0) left = true;
    }
    return left;
  }
}

interface OfCohort {
  readonly cohort: Cohort;
  readonly asked: Asked;
}

/** People of several cohorts: what the first request of somebody brings about, the second must know. */
function oncePerPerson(all: readonly OfCohort[]): readonly (readonly OfCohort[])[] {
  const batches: OfCohort[][] = [];
  const taken = new Map<string, number>();
  for (const each of all) {
    const { lead } = each.asked.run;
    const turn = taken.get(lead) ?? 0;
    taken.set(lead, turn + 1);
    (batches[turn] ??= []).push(each);
  }
  return batches;
}
