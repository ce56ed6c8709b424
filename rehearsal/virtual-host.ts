/**
 * The rehearsal host: a virtual clock that leaps from one instant at which something happens to the
 * next. Cohorts, activities and lanes are those of production; only the clock and the store are not.
 */
import { cohortSettings } from '../activities/cohort-settings.ts';
import { drainBatch } from '../activities/lanes/drain-batch.ts';
import { perform } from '../activities/calls/perform.ts';
import { planOf } from '../activities/plan-of.ts';
import { recordRests } from '../activities/calls/record-rests.ts';
import { runOwnCode } from '../activities/calls/run-own-code.ts';
import type { Cohorts, World } from '../activities/world.ts';
import type { Instant } from '../dsl/plan.ts';
import type { Answer } from '../dsl/step.ts';
import type { Lane } from '../store/rows.ts';
import type { OwnCall } from '../workflows/cohort-input.ts';
import type { CohortItem } from '../engine/cohort-item.ts';
import type { PersonCall } from '../engine/cohort-state.ts';
import { Cohort } from '../engine/cohort.ts';
import { isOwnCode } from '../engine/own-code.ts';
import { WakeQueue } from '../engine/wake-queue.ts';
import type { Script } from './script.ts';
import { happen } from './set-stage.ts';

const LANES: readonly Lane[] = ['email', 'crm', 'signals'];

/** More than what a test that fails on purpose needs. */
const MAX_ATTEMPTS = 10;

export class VirtualHost implements Cohorts {
  /** Given once: the world needs its cohorts to be made. */
  world!: World;
  now: Instant;
  private readonly cohorts = new Map<string, Cohort>();
  private readonly wakes = new WakeQueue();
  private readonly touched = new Set<string>();

  constructor(from: Instant) {
    this.now = from;
  }

  deliver(cohort: string, journey: string, items: readonly CohortItem[]): Promise<void> {
    let target = this.cohorts.get(cohort);
    if (target === undefined) {
      const { world } = this;
      target = new Cohort((hash) => planOf(world, hash), cohortSettings(world.project, journey));
      this.cohorts.set(cohort, target);
    }
    target.accept(items, this.now);
    this.touched.add(cohort);
    return Promise.resolve();
  }

  /** Plays until nothing is left to happen, or until `horizon`. */
  async play(script: Script, horizon: Instant): Promise<void> {
    await this.settle();
    for (;;) {
      const next = Math.min(this.nextWake() ?? Infinity, script.next() ?? Infinity);
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

  private nextWake(): Instant | undefined {
    for (let first = this.wakes.first(); first !== undefined; first = this.wakes.first()) {
      if (this.cohorts.get(first.run)?.nextWake() === first.at) return first.at;
      this.wakes.removeFirst();
    }
    return undefined;
  }

  private wakeDue(): void {
    for (let at = this.nextWake(); at !== undefined && at <= this.now; at = this.nextWake()) {
      const id = this.wakes.first()?.run ?? '';
      this.wakes.removeFirst();
      this.cohorts.get(id)?.wake(this.now);
      this.touched.add(id);
    }
  }

  /** Answers every call and drains every lane, until all is quiet at this instant. */
  private async settle(): Promise<void> {
    for (;;) {
      await this.answerAll();
      if (!(await this.drainAll()) && this.touched.size === 0) return;
    }
  }

  private async answerAll(): Promise<void> {
    while (this.touched.size > 0) {
      const cohorts = [...this.touched].flatMap((id) => this.cohorts.get(id) ?? []);
      for (let asked = this.callsOf(cohorts); asked.length > 0; asked = this.callsOf(cohorts)) {
        await this.answer(asked);
      }
      const rests = cohorts.flatMap((cohort) => cohort.takeRests());
      if (rests.length > 0) await recordRests(this.world, rests);
      this.quiet();
    }
  }

  private quiet(): void {
    for (const id of this.touched) {
      const cohort = this.cohorts.get(id);
      const wake = cohort?.nextWake();
      if (wake !== undefined) this.wakes.add(wake, id);
      else if (cohort?.size === 0) this.cohorts.delete(id);
    }
    this.touched.clear();
  }

  private callsOf(cohorts: readonly Cohort[]): { cohort: Cohort; asked: PersonCall }[] {
    return cohorts.flatMap((cohort) => cohort.takeCalls().map((asked) => ({ cohort, asked })));
  }

  private async answer(all: readonly { cohort: Cohort; asked: PersonCall }[]): Promise<void> {
    const batch = all.filter(({ asked }) => !isOwnCode(asked.call));
    if (batch.length > 0) {
      const answers = await perform(
        this.world,
        batch.map(({ asked }) => asked),
      );
      for (const [i, { cohort, asked }] of batch.entries()) {
        const answer = answers[i];
        if (answer !== undefined) cohort.answer(asked, answer, true);
      }
    }
    for (const { cohort, asked } of all) {
      if (!isOwnCode(asked.call)) continue;
      cohort.answer(asked, await this.askOwnCode(asked), false);
    }
  }

  /** Tried again as Temporal would; what fails for good is told to whoever rehearses. */
  private async askOwnCode({ run, at, call }: PersonCall): Promise<Answer> {
    const asked: OwnCall = { key: `${run.id}:${run.calls}`, lead: run.lead, at, call };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runOwnCode(this.world, asked);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** True when something left. */
  private async drainAll(): Promise<boolean> {
    let left = false;
    for (const lane of LANES) {
      while ((await drainBatch(this.world, lane)).rows > 0) left = true;
    }
    return left;
  }
}
