/**
 * The smallest host of a cohort: a clock that leaps, a list of what happened, and answers made from it.
 * No store and no activities, so that what a test sees is the scheduler and the interpreter alone.
 */
import type { Behaviour } from '../dsl/behaviour.ts';
import { holds } from '../dsl/conditions/index.ts';
import { compile, type Journey } from '../dsl/index.ts';
import type { Instant, JsonObject, Plan } from '../dsl/plan.ts';
import type { Answer, EffectAnswer } from '../dsl/step.ts';
import type { Effect } from '../dsl/steps/index.ts';
import { beginning, type Input } from '../engine/advance.ts';
import { type Asked, isOwnCode, requestKey } from '../engine/asked.ts';
import { Cohort, type CohortState } from '../engine/cohort.ts';
import type { CohortItem } from '../engine/items.ts';
import { asKept, type Move, moveBy, type Position } from '../engine/position.ts';
import type { Run, Way } from '../engine/run.ts';
import type { CohortSettings } from '../engine/situation.ts';

export const HOUR = 3_600_000;
/** Monday 2 March 2026, 10:00 in UTC: everybody's entry unless said otherwise. */
export const ENTRY = Date.UTC(2026, 2, 2, 10);

/** Something that happens to a person, in hours after `ENTRY`. */
export interface Happens {
  readonly hour: number;
  readonly event: string;
  /** Default: `ana`. */
  readonly who?: string;
  /** `points` counts for the score, and halves each day. */
  readonly properties?: JsonObject;
  /** Changes the profile. */
  readonly profile?: JsonObject;
  /** Sales answers the handoff of a step. */
  readonly news?: { readonly step: string; readonly what: string };
  /** Hours until the cohort hears of it. */
  readonly late?: number;
  readonly id?: string;
}

export interface TinyHostOptions {
  readonly people?: readonly string[];
  readonly zone?: string;
  readonly happens?: readonly Happens[];
  readonly items?: readonly CohortItem[];
  readonly settings?: CohortSettings;
  /** What becomes of an effect; default: it is done. */
  readonly answer?: (effect: Effect, at: Instant, who: string) => EffectAnswer | undefined;
  /** Whether the cohort goes on as a new one, made of its JSON, after the n-th thing to be done. */
  readonly split?: (n: number) => boolean;
  /** Whether all but the store is lost instead, and in the middle of things too. */
  readonly lose?: boolean;
  readonly plan?: Plan;
  /** Hours from and to which nothing is heard and nobody is woken. */
  readonly away?: readonly (readonly [from: number, to: number])[];
}

/** What was done with each person, in order: `24h email x`, `30h end goal`. */
export type Log = { readonly [person: string]: readonly string[] };

/** The ways that each person took, in order. */
export type Ways = { readonly [person: string]: readonly Way[] };

const hoursIn = (at: Instant): string => `${Math.round(((at - ENTRY) / HOUR) * 1000) / 1000}h`;

export function play(journey: Journey<never>, options: TinyHostOptions = {}): Log {
  return new TinyHost(journey, options).play().log;
}

/** The same life, as the ways that were taken. */
export function waysIn(journey: Journey<never>, options: TinyHostOptions = {}): Ways {
  return new TinyHost(journey, options).play().ways;
}

interface Cue {
  readonly at: Instant;
  readonly heard: Instant;
  readonly item: CohortItem;
  readonly behaviour?: Behaviour & { readonly profile?: JsonObject; readonly who: string };
}

class TinyHost {
  private readonly options: TinyHostOptions;
  private readonly plan: Plan;
  private readonly settings: CohortSettings;
  private readonly cues: Cue[];
  readonly log: Record<string, string[]> = {};
  readonly ways: Record<string, Way[]> = {};
  private readonly happened: NonNullable<Cue['behaviour']>[] = [];
  /** What production keeps: where everybody stands who is under way. */
  private readonly store = new Map<string, Position>();
  private readonly ended = new Set<string>();
  private readonly answered = new Map<string, Answer>();
  private cohort: Cohort;
  private underWay: readonly CohortItem[] = [];
  private done = 0;

  constructor(journey: Journey<never>, options: TinyHostOptions) {
    this.options = options;
    this.plan = options.plan ?? compile(journey);
    this.settings = options.settings ?? { tickMs: 1, spreadMs: 0, exact: true };
    this.cohort = new Cohort(() => this.plan, this.settings);
    this.cues = [...this.entries(), ...this.occurrences(), ...this.others()];
    this.cues.sort((a, b) => a.heard - b.heard || a.at - b.at);
  }

  play(): this {
    for (;;) {
      const first = Math.min(this.cues[0]?.heard ?? Infinity, this.cohort.nextWake() ?? Infinity);
      if (first === Infinity) return this;
      const next = this.backAt(first);
      const heard = this.cues.filter(({ heard }) => heard <= next);
      this.cues.splice(0, heard.length);
      for (const { behaviour } of heard) if (behaviour) this.happened.push(behaviour);
      this.underWay = heard.map(({ item }) => item);
      for (const item of this.underWay) this.enter(item);
      this.cohort.accept(this.underWay, next);
      this.cohort.wake(next);
      this.settle(next);
    }
  }

  private backAt(next: Instant): Instant {
    const { away = [] } = this.options;
    const gone = away.find(([from, to]) => next > ENTRY + from * HOUR && next < ENTRY + to * HOUR);
    return gone === undefined ? next : ENTRY + gone[1] * HOUR;
  }

  private enter(item: CohortItem): void {
    if (item.type !== 'enrol') return;
    const { run: id, lead, plan, zone, at } = item;
    const run = beginning({ id, lead, plan, zone, entered: at });
    this.record(this.moved(run, { type: 'started' }, at));
  }

  private settle(next: Instant): void {
    this.carry(next);
    if (!this.isSplit() || this.options.lose === true) return;
    const state: CohortState = JSON.parse(JSON.stringify(this.cohort.state()));
    this.cohort = new Cohort(() => this.plan, this.settings, state);
  }

  private isSplit(): boolean {
    return this.options.split?.(this.done++) === true;
  }

  /** Answers everything, and has the store say where it leads, as the hosts of production do. */
  private carry(next: Instant): void {
    for (;;) {
      // Before what is asked from there: its answers lead on.
      for (const move of this.cohort.takeMoves()) this.record(move);
      const asked = this.cohort.takeRequests();
      if (asked.length === 0) break;
      for (const each of asked) {
        if (this.options.lose === true && this.isSplit()) {
          this.lose(next);
          break;
        }
        const answer = this.firstAnswer(each);
        const isRecorded = !isOwnCode(each.request);
        if (isRecorded) this.predict(each, answer);
        this.cohort.answer(each, answer, isRecorded);
      }
    }
    if (this.options.lose === true && this.isSplit()) {
      this.lose(next);
      this.carry(next);
    }
  }

  /** Everything is gone but the store. */
  private lose(next: Instant): void {
    const positions = JSON.parse(JSON.stringify([...this.store.values()]));
    const state = { positions: [], later: [], over: [...this.ended] };
    this.cohort = new Cohort(() => this.plan, this.settings, state);
    this.cohort.resume(positions, next);
    // What was under way to the cohort comes again.
    this.cohort.accept(this.underWay, next);
  }

  private predict({ run, at, ways, waiting }: Asked, answer: Answer): void {
    const input = { type: 'answered', answer } as const;
    try {
      this.record(this.moved(run, input, at, ways, waiting));
    } catch {
      // The cohort will meet the same error, and park the run.
    }
  }

  private moved(
    run: Run,
    input: Input,
    at: Instant,
    before: readonly Way[] = [],
    waiting?: Position['waiting'],
  ): Move {
    const move = moveBy(this.plan, run, input, { ...this.settings, at });
    const position = waiting === undefined ? move.position : { ...move.position, waiting };
    return { ...move, position, ways: [...before, ...move.ways] };
  }

  private record({ position, at, end, ways }: Move): void {
    const { run, parked } = position;
    if (this.ended.has(run.id)) return;
    this.remember(run.id, ways);
    if (end === undefined) this.store.set(run.id, asKept(position));
    else {
      this.store.delete(run.id);
      this.ended.add(run.id);
      this.write(run.id, at, `end ${end}`);
    }
    if (parked !== undefined) this.write(run.id, at, `parked ${parked.error}`);
  }

  /** A request that is made again has its answer already. */
  private firstAnswer(asked: Asked): Answer {
    const key = requestKey(asked.run);
    const first = this.answered.get(key);
    if (first !== undefined && asked.request.type !== 'decide') return first;
    const answer = this.answer(asked);
    this.answered.set(key, answer);
    return answer;
  }

  private answer({ run, request, at }: Asked): Answer {
    if (request.type === 'own') return { type: 'own' };
    if (request.type === 'effect') {
      // The steps of a journey ask for these alone.
      const effect = request.effect as Effect;
      const answer = this.options.answer?.(effect, at, run.id) ?? { verdict: 'done' };
      if (answer.verdict === 'done' || answer.verdict === 'skip') {
        this.write(run.id, at, `${answer.verdict === 'skip' ? 'skip ' : ''}${words(effect)}`);
      } else if (answer.verdict === 'leave') {
        this.write(run.id, at, `leave ${answer.by}`);
      }
      return { type: 'effect', answer };
    }
    const facts = this.factsOf(run.id, at);
    return {
      type: 'decide',
      verdicts: request.questions.map(({ condition, since }) => holds(condition, facts, since)),
    };
  }

  private factsOf(who: string, at: Instant) {
    const behaviour = this.happened
      .filter((each) => each.who === who && each.at <= at)
      .sort((a, b) => a.at - b.at);
    const scored = new Map(behaviour.toReversed().map((each) => [each.id, each]));
    // What comes again says nothing again.
    const profile = Object.assign(
      {},
      ...[...scored.values()].reverse().map((each) => each.profile),
    );
    const score = (then: Instant) =>
      [...scored.values()].reduce((sum, { at: since, properties }) => {
        const points = Number(properties['points'] ?? 0);
        return sum + points * 0.5 ** ((then - since) / (24 * HOUR));
      }, 0);
    // All halve each day: the sum keeps its sign.
    const scoreParts = (then: Instant) => {
      const sum = score(then);
      return { gains: Math.max(0, sum), losses: Math.min(0, sum), until: Infinity };
    };
    return { at, profile, behaviour, score, scoreParts };
  }

  private remember(who: string, ways: readonly Way[]): void {
    const known = (this.ways[who] ??= []);
    known.push(...ways.filter(({ number }) => number > known.length));
  }

  private write(who: string, at: Instant, text: string): void {
    (this.log[who] ??= []).push(`${hoursIn(at)} ${text}`);
  }

  private entries(): Cue[] {
    return (this.options.people ?? ['ana']).map((run) => ({
      at: ENTRY,
      heard: ENTRY,
      item: {
        type: 'enrol',
        run,
        lead: run,
        plan: this.plan.hash,
        zone: this.options.zone ?? 'UTC',
        at: ENTRY,
      },
    }));
  }

  private occurrences(): Cue[] {
    return (this.options.happens ?? []).map((each, i) => {
      const { who = 'ana', event: name, properties = {}, profile, news } = each;
      const at = ENTRY + each.hour * HOUR;
      const id = each.id ?? `event-${i}`;
      const happening = {
        id,
        name,
        at,
        score: properties['points'] !== undefined,
        profile: profile !== undefined,
      };
      return {
        at,
        heard: at + (each.late ?? 0) * HOUR,
        item: { type: 'happened', run: who, happening, ...(news === undefined ? {} : { news }) },
        behaviour: { id, name, at, properties, who, ...(profile === undefined ? {} : { profile }) },
      };
    });
  }

  private others(): Cue[] {
    return (this.options.items ?? []).map((item) => {
      const at = item.type === 'happened' ? item.happening.at : 'at' in item ? item.at : ENTRY;
      return { at, heard: at, item };
    });
  }
}

function words(effect: Effect): string {
  switch (effect.effect) {
    case 'email':
      return `email ${effect.template}`;
    case 'call':
      return `call ${effect.task}`;
    case 'enrol':
      return `enrol ${effect.journey}`;
    case 'setStage':
      return `stage ${effect.stage}`;
    default:
      return effect.effect;
  }
}
