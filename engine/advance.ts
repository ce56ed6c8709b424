/**
 * The interpreter: moves one person on by one input. Pure and total: no clock, no await, no engine, and
 * no kind of step is named here, so a run can be stored, resumed, replayed or predicted at any point.
 */
import type { Instant, JsonObject, Plan, PlanNode, StepId } from '../dsl/plan.ts';
import type { AnyEffect, Answer, Asks, Request, StepKind } from '../dsl/step.ts';
import { stepKind } from '../dsl/steps/index.ts';
import type { HappenedItem } from './items.ts';
import type { End, Otherwise, Pending, Run, Way } from './run.ts';
import { RunsInCircles } from './runs-in-circles.ts';
import { listensSince, type Setting, situationOf } from './situation.ts';
import {
  hear,
  mayHoldAlready,
  newTriggers,
  passOver,
  questionsOf,
  STEP_TRIGGER,
  type Trigger,
  triggersOf,
  verdictsOn,
} from './triggers.ts';

/** More steps than these without a wait are a mistake. */
const MOST_MOVES = 1_000;

export type Input =
  | { readonly type: 'started' }
  | { readonly type: 'woke' }
  | { readonly type: 'happened'; readonly item: HappenedItem }
  | { readonly type: 'answered'; readonly answer: Answer }
  /** It goes on from where the store says; what it listens to may have come meanwhile. */
  | { readonly type: 'resumed' };

export interface Advanced {
  readonly run: Run;
  /** Set while the run waits for the world's answer. */
  readonly request?: Request;
  /** Set once the run is over. */
  readonly end?: End;
  /** The ways that it took. */
  readonly ways: readonly Way[];
}

/** Moves `run` on. Inputs other than an answer must wait while the run has a request open. */
export function advance(plan: Plan, run: Run, input: Input, setting: Setting): Advanced {
  const advancing = new Advancing(plan, setting);
  return { ...advancing.take(run, input), ways: advancing.ways };
}

/** The run before its first input. */
export const beginning = (of: Pick<Run, 'id' | 'lead' | 'plan' | 'zone' | 'entered'>): Run => ({
  ...of,
  step: '',
  since: of.entered,
  scopes: {},
  marks: {},
  rechecks: {},
  requests: 0,
  ways: 0,
});

/** When the run next wants to be woken, by its step or to ask a trigger again. */
export function wakeOf(run: Run): number | undefined {
  let first = run.wakeAt;
  for (const key in run.rechecks) {
    const at = run.rechecks[key];
    if (at !== undefined && (first === undefined || at < first)) first = at;
  }
  return first;
}

type Moved = Omit<Advanced, 'ways'>;

/** One move of one run. */
class Advancing {
  readonly ways: Way[] = [];
  private readonly plan: Plan;
  private readonly setting: Setting;
  /** What the move rests on: what happened, what an answer looked at. */
  private looked: JsonObject | undefined;
  /** The answer that the move rests on put a message off. */
  private isDeferred = false;

  constructor(plan: Plan, setting: Setting) {
    this.plan = plan;
    this.setting = setting;
  }

  take(run: Run, input: Input): Moved {
    switch (input.type) {
      case 'started':
        return this.enter(run, this.plan.start);
      case 'woke':
        return this.wake(run);
      case 'happened':
        return this.happen(run, input.item);
      case 'resumed':
        return this.resume(run);
      case 'answered':
        return run.pending?.of === 'triggers'
          ? this.decided(run, run.pending, input.answer)
          : this.answered(run, input.answer);
    }
  }

  /** Comes to a step: triggers that are new there and may hold already are asked first. */
  private enter(run: Run, step: StepId | null): Moved {
    if (step === null) return { run, end: 'completed' };
    const { at } = this.setting;
    const node = this.node(step);
    const from = this.listensFrom(run);
    const scopes: Record<StepId, number> = {};
    for (const block of node.scopes) scopes[block] = run.scopes[block] ?? from ?? at;
    const moves = (run.moves ?? 0) + 1;
    if (moves > MOST_MOVES) throw new RunsInCircles(`${MOST_MOVES} steps of one run`);
    const {
      wakeAt: _wakeAt,
      phase: _phase,
      pending: _pending,
      listensFrom: _from,
      waited: _waited,
      ...rest
    } = run;
    const kept = Object.entries(run.rechecks).filter(
      ([key]) => key === 'exit' || key === 'goal' || key in scopes,
    );
    const next: Run = {
      ...rest,
      step,
      since: at,
      ...(from === undefined ? {} : { listensFrom: from }),
      moves,
      asks: 0,
      scopes,
      marks: this.plan.marks.includes(step) ? { ...run.marks, [step]: from ?? at } : run.marks,
      rechecks: Object.fromEntries(kept),
    };
    const fresh = newTriggers(this.plan, run, next, this.setting);
    return fresh.length === 0 ? this.begin(next) : this.ask(next, fresh, 'begin');
  }

  /** Lateness is kept until one of the author's waits has ended on time. */
  private listensFrom(run: Run): Instant | undefined {
    const before = run.waited === true ? Infinity : (run.listensFrom ?? Infinity);
    const from = Math.min(before, this.setting.listensFrom ?? Infinity);
    return from < this.setting.at ? from : undefined;
  }

  private begin(run: Run): Moved {
    const { kind, args } = this.stepOf(run);
    return this.follow(run, kind.enter(args, situationOf(run, this.setting)));
  }

  private wake(run: Run): Moved {
    const { at } = this.setting;
    const due = triggersOf(this.plan, run, this.setting).filter(
      ({ key }) => (run.rechecks[key] ?? Infinity) <= at,
    );
    const stepIsDue = run.wakeAt !== undefined && run.wakeAt <= at;
    if (due.length > 0) return this.ask(run, due, stepIsDue ? 'wake' : 'stay');
    return stepIsDue ? this.wakeStep(run) : { run };
  }

  private wakeStep(run: Run): Moved {
    const { wakeAt: _, ...awake } = run;
    const { kind, args } = this.stepOf(run);
    return this.react(awake, kind.on?.woke?.(args, situationOf(awake, this.setting)));
  }

  private resume(run: Run): Moved {
    if (run.step === '') return this.enter(run, this.plan.start);
    const { at } = this.setting;
    // Where the step's own time is over, its end asks once more for what came until then.
    const isOver = (run.wakeAt ?? Infinity) < at;
    const asked = triggersOf(this.plan, run, this.setting).filter(
      (trigger) => mayHoldAlready(trigger, at) && !(isOver && trigger.key === STEP_TRIGGER),
    );
    return asked.length === 0 ? { run } : this.ask(run, asked, 'stay');
  }

  private happen(former: Run, { happening, news, zone }: HappenedItem): Moved {
    const run = zone === undefined ? former : { ...former, zone };
    const cause = { event: happening.name, id: happening.id };
    this.looked = cause;
    // As events do, news counts after the step began and until its time is over.
    const isInTime = happening.at > listensSince(run) && happening.at <= (run.wakeAt ?? Infinity);
    const isNews = news?.step === run.step && isInTime;
    const otherwise = isNews ? { news: news.what } : 'stay';
    const heard = hear(this.plan, run, this.setting, happening);
    if (heard === undefined) return this.goOnWith(run, otherwise);
    if ('met' in heard) return this.fire(run, heard.met);
    return this.ask(run, heard.ask, otherwise, cause);
  }

  private ask(
    run: Run,
    triggers: readonly Trigger[],
    otherwise: Otherwise,
    cause?: JsonObject,
  ): Moved {
    const keys = triggers.map(({ key }) => key);
    const pending = { of: 'triggers', triggers: keys, otherwise } as const;
    const asking = { ...run, pending: cause === undefined ? pending : { ...pending, cause } };
    return this.request(asking, questionsOf(triggers));
  }

  private decided(run: Run, pending: Extract<Pending, { of: 'triggers' }>, answer: Answer): Moved {
    const { run: next, met } = verdictsOn(run, pending, answer, this.setting.at);
    this.looked = lookedAt(answer, pending.cause);
    return met.length > 0 ? this.fire(next, met) : this.goOnWith(next, pending.otherwise);
  }

  /** No trigger was met. */
  private goOnWith(run: Run, otherwise: Otherwise): Moved {
    if (otherwise === 'stay') return { run };
    if (otherwise === 'begin') return this.begin(run);
    if (otherwise === 'wake') return this.wakeStep(run);
    const { kind, args } = this.stepOf(run);
    return this.react(run, kind.on?.news?.(args, situationOf(run, this.setting), otherwise.news));
  }

  /** Of triggers that are met together the first one wins. */
  private fire(run: Run, [trigger, ...others]: readonly string[]): Moved {
    if (trigger === 'exit' || trigger === 'goal') return { run, end: trigger };
    const isOwn = trigger === undefined || trigger === STEP_TRIGGER;
    const step = isOwn ? run.step : trigger;
    const { kind, args } = this.stepOf({ step });
    const asks = kind.on?.met?.(args, situationOf(run, this.setting));
    if (isOwn || asks === undefined || !('out' in asks)) return this.react(run, asks);
    return this.abandon(passOver(this.plan, run, others, this.setting), step, asks.out);
  }

  private answered(run: Run, answer: Answer): Moved {
    const { pending: _, ...rest } = run;
    this.looked = lookedAt(answer);
    if (answer.type === 'effect' && answer.answer.verdict === 'leave') {
      return { run: rest, end: answer.answer.by };
    }
    this.isDeferred = answer.type === 'effect' && answer.answer.verdict === 'defer';
    const { kind, args } = this.stepOf(run);
    return this.react(rest, kind.on?.answered?.(args, situationOf(rest, this.setting), answer));
  }

  private react(run: Run, asks: Asks | undefined): Moved {
    return asks === undefined ? { run } : this.follow(run, asks);
  }

  private follow(run: Run, asks: Asks): Moved {
    if ('out' in asks) return this.goOn(run, asks.out);
    const { phase: _, ...rest } = run;
    const next: Run = asks.phase === undefined ? run : { ...rest, phase: asks.phase };
    if ('request' in asks) {
      const counted = next.asks === undefined ? next : { ...next, asks: next.asks + 1 };
      return this.request({ ...counted, pending: { of: 'step' } }, asks.request);
    }
    if (asks.wait <= this.setting.at) return this.wakeStep({ ...next, wakeAt: asks.wait });
    const { leapt: _leapt, ...paused } = this.pausing(next);
    return { run: { ...paused, wakeAt: asks.wait } };
  }

  /** At a wait of the author's, not where a message waits for its turn. */
  private pausing(run: Run): Run {
    if (this.isDeferred) return run;
    const { moves: _moves, chain: _chain, ...rest } = run;
    return run.listensFrom === undefined ? rest : { ...rest, waited: true };
  }

  /** By a way out of the step. */
  private goOn(run: Run, outcome: string): Moved {
    const { kind, node } = this.stepOf(run);
    const left = this.takeWay(run, run.step, outcome);
    return this.goTo(left, kind.ends === true ? [] : node.scopes, node.next[outcome] ?? null);
  }

  /** The block's trigger has come: whatever people did inside is abandoned. */
  private abandon(run: Run, block: StepId, outcome: string): Moved {
    const { scopes, next } = this.node(block);
    return this.goTo(this.takeWay(run, block, outcome), scopes, next[outcome] ?? null);
  }

  /** Out of these blocks, as far as they do not go on there: they have come to their end. */
  private goTo(run: Run, blocks: readonly StepId[], next: StepId | null): Moved {
    const around = next === null ? [] : this.node(next).scopes;
    let left = run;
    for (const block of blocks.toReversed()) {
      if (around.includes(block)) break;
      const { after = '' } = this.stepOf({ step: block }).kind.block ?? {};
      left = this.takeWay(left, block, after);
    }
    return this.enter(left, next);
  }

  /** Where there was another way to go, the one that was taken is remembered. */
  private takeWay(run: Run, step: StepId, outcome: string): Run {
    const { kind, args } = this.stepOf({ step });
    if (kind.outcomes(args).length < 2 || outcome === kind.block?.inside) return run;
    const number = run.ways + 1;
    const { looked } = this;
    const way = { number, step, outcome, at: this.setting.at };
    this.ways.push(looked === undefined ? way : { ...way, looked });
    return { ...run, ways: number };
  }

  private request(run: Run, request: Request): Moved {
    return { run: { ...run, requests: run.requests + 1 }, request };
  }

  private stepOf({ step }: Pick<Run, 'step'>): {
    readonly node: PlanNode;
    readonly kind: StepKind<JsonObject, AnyEffect>;
    readonly args: JsonObject;
  } {
    const node = this.node(step);
    return { node, kind: stepKind(node.kind), args: node.args };
  }

  private node(step: StepId): PlanNode {
    const node = this.plan.nodes[step];
    if (node === undefined) {
      throw new Error(
        `Step "${step}" of ${this.plan.id} ${this.plan.hash}: expected it in the plan. [unknown-step]`,
      );
    }
    return node;
  }
}

function lookedAt(answer: Answer, cause?: JsonObject): JsonObject | undefined {
  const looked = answer.type === 'decide' ? answer.looked : undefined;
  return looked === undefined && cause === undefined ? undefined : { ...looked, ...cause };
}
