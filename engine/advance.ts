/**
 * The interpreter: moves one person on by one input. Pure and total: no clock, no await, no engine, and
 * no kind of step is named here, so a run can be stored, resumed, replayed or predicted at any point.
 */
import { isState, relevance } from '../dsl/conditions/index.ts';
import type { Plan, PlanNode, StepId } from '../dsl/plan.ts';
import type { Answer, Asks, Call } from '../dsl/step.ts';
import { stepKind } from '../dsl/steps/index.ts';
import type { HappenedItem } from './cohort-item.ts';
import type { End, Run } from './run.ts';
import { situationOf, type Setting } from './situation.ts';
import { mayHoldAlready, STEP_TRIGGER, type Trigger, triggersOf } from './triggers.ts';

export type Input =
  | { readonly type: 'started' }
  | { readonly type: 'woke' }
  | { readonly type: 'happened'; readonly item: HappenedItem }
  | { readonly type: 'answered'; readonly answer: Answer }
  /** Nobody answered the call, and now somebody may. */
  | { readonly type: 'unanswered'; readonly call: Call };

export interface Advanced {
  readonly run: Run;
  /** Set while the run waits for the world's answer. */
  readonly call?: Call;
  /** Set once the run is over. */
  readonly end?: End;
}

/** Moves `run` on. Inputs other than an answer must wait while the run has a pending call. */
export function advance(plan: Plan, run: Run, input: Input, setting: Setting): Advanced {
  return new Move(plan, setting).take(run, input);
}

/** The run before its first input. */
export const beginning = (of: Pick<Run, 'id' | 'lead' | 'plan' | 'zone' | 'entered'>): Run => ({
  ...of,
  step: '',
  since: of.entered,
  scopes: {},
  marks: {},
  rechecks: {},
  calls: 0,
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

/** True for a trigger that the run did not listen to where it was before. */
const isNew = ({ key }: Trigger, before: Run): boolean =>
  before.step === '' ||
  key === STEP_TRIGGER ||
  (key !== 'exit' && key !== 'goal' && before.scopes[key] === undefined);

/** One move of one run; holds only what stays the same during it. */
class Move {
  private readonly plan: Plan;
  private readonly setting: Setting;

  constructor(plan: Plan, setting: Setting) {
    this.plan = plan;
    this.setting = setting;
  }

  take(run: Run, input: Input): Advanced {
    switch (input.type) {
      case 'started':
        return this.enter(run, this.plan.start);
      case 'woke':
        return this.wake(run);
      case 'happened':
        return this.happen(run, input.item);
      case 'answered':
        return run.pending?.of === 'triggers'
          ? this.decided(run, run.pending, input.answer)
          : this.answered(run, input.answer);
      case 'unanswered':
        return { run, call: input.call };
    }
  }

  /** Comes to a step: triggers that are new there and may hold already are asked first. */
  private enter(run: Run, step: StepId | null): Advanced {
    if (step === null) return { run, end: 'completed' };
    const { at } = this.setting;
    const node = this.node(step);
    const scopes: Record<string, number> = {};
    for (const scope of node.scopes) scopes[scope] = run.scopes[scope] ?? at;
    const kept = new Set(['exit', 'goal', ...node.scopes]);
    const { wakeAt: _, phase: __, pending: ___, ...rest } = run;
    const next: Run = {
      ...rest,
      step,
      since: at,
      scopes,
      marks: this.plan.marks.includes(step) ? { ...run.marks, [step]: at } : run.marks,
      rechecks: Object.fromEntries(Object.entries(run.rechecks).filter(([key]) => kept.has(key))),
    };
    const fresh = triggersOf(this.plan, next, this.setting).filter(
      (trigger) => isNew(trigger, run) && mayHoldAlready(trigger, at),
    );
    return fresh.length === 0 ? this.begin(next) : this.ask(next, fresh, 'begin');
  }

  private begin(run: Run): Advanced {
    const { kind, args } = this.node(run.step);
    return this.follow(run, stepKind(kind).enter(args, situationOf(run, this.setting)));
  }

  private wake(run: Run): Advanced {
    const { at } = this.setting;
    const due = triggersOf(this.plan, run, this.setting).filter(
      ({ key }) => (run.rechecks[key] ?? Infinity) <= at,
    );
    const stepIsDue = run.wakeAt !== undefined && run.wakeAt <= at;
    if (due.length > 0) return this.ask(run, due, stepIsDue ? 'wake' : 'stay');
    return stepIsDue ? this.wakeStep(run) : { run };
  }

  private wakeStep(run: Run): Advanced {
    const { wakeAt: _, ...awake } = run;
    const { kind, args } = this.node(run.step);
    const asks = stepKind(kind).on?.woke?.(args, situationOf(awake, this.setting));
    return asks === undefined ? { run: awake } : this.follow(awake, asks);
  }

  private happen(former: Run, { happening, news, zone }: HappenedItem): Advanced {
    const run = zone === undefined ? former : { ...former, zone };
    if (news !== undefined) return this.tell(run, news);
    const asked: Trigger[] = [];
    const met: string[] = [];
    const triggers = triggersOf(this.plan, run, this.setting);
    for (const trigger of triggers) {
      // The step's own time was over before it happened.
      if (trigger.key === STEP_TRIGGER && happening.at > (run.wakeAt ?? Infinity)) continue;
      const answer = relevance(trigger.condition, happening, trigger.since);
      if (answer === 'no') continue;
      asked.push(trigger);
      if (answer === 'met') met.push(trigger.key);
    }
    const [first] = asked;
    if (first === undefined) return { run };
    // Others that would win may have been met by something else of this very instant: the store knows.
    const before = triggers.slice(0, triggers.indexOf(first));
    return asked.length === met.length && before.length === 0
      ? this.fire(run, met)
      : this.ask(run, [...before, ...asked], 'stay');
  }

  private tell(run: Run, news: NonNullable<HappenedItem['news']>): Advanced {
    if (news.step !== run.step) return { run };
    const { kind, args } = this.node(run.step);
    const asks = stepKind(kind).on?.told?.(args, situationOf(run, this.setting), news.what);
    return asks === undefined ? { run } : this.follow(run, asks);
  }

  private ask(
    run: Run,
    triggers: readonly Trigger[],
    otherwise: 'begin' | 'wake' | 'stay',
  ): Advanced {
    return this.call(
      {
        ...run,
        pending: { of: 'triggers', triggers: triggers.map(({ key }) => key), otherwise },
      },
      {
        type: 'decide',
        questions: triggers.map(({ condition, since }) => ({ condition, since })),
      },
    );
  }

  private decided(
    run: Run,
    { triggers, otherwise }: Extract<Run['pending'], { of: 'triggers' }>,
    answer: Answer,
  ): Advanced {
    const verdicts = answer.type === 'decide' ? answer.verdicts : [];
    const { pending: _, ...rest } = run;
    const rechecks = { ...run.rechecks };
    for (const [i, key] of triggers.entries()) {
      const changesAt = verdicts[i]?.changesAt;
      if (changesAt === undefined) delete rechecks[key];
      else rechecks[key] = Math.max(changesAt, this.setting.at + 1);
    }
    const next: Run = { ...rest, rechecks };
    const met = triggers.filter((_, i) => verdicts[i]?.holds === true);
    if (met.length > 0) return this.fire(next, met);
    if (otherwise === 'begin') return this.begin(next);
    return otherwise === 'wake' ? this.wakeStep(next) : { run: next };
  }

  /** Of triggers that are met together the first one wins. */
  private fire(run: Run, [trigger, ...others]: readonly string[]): Advanced {
    if (trigger === 'exit' || trigger === 'goal') return { run, end: trigger };
    if (trigger !== undefined && trigger !== STEP_TRIGGER) {
      return this.enter(this.passOver(run, others), this.plan.scopes[trigger]?.met ?? null);
    }
    const { kind, args } = this.node(run.step);
    const asks = stepKind(kind).on?.met?.(args, situationOf(run, this.setting));
    return asks === undefined ? { run } : this.follow(run, asks);
  }

  /** Blocks that have lost: an event is used up, a state that lasts is met the next instant. */
  private passOver(run: Run, lost: readonly string[]): Run {
    const { at } = this.setting;
    const scopes = { ...run.scopes };
    const rechecks = { ...run.rechecks };
    for (const key of lost) {
      const scope = this.plan.scopes[key];
      if (scope === undefined) continue;
      scopes[key] = at;
      if (isState(scope.condition)) rechecks[key] = at + 1;
    }
    return { ...run, scopes, rechecks };
  }

  private answered(run: Run, answer: Answer): Advanced {
    const { pending: _, ...rest } = run;
    if (answer.type === 'effect' && answer.answer.verdict === 'leave') {
      return { run: rest, end: answer.answer.by };
    }
    const { kind, args } = this.node(run.step);
    const asks = stepKind(kind).on?.answered?.(args, situationOf(rest, this.setting), answer);
    return asks === undefined ? { run: rest } : this.follow(rest, asks);
  }

  private follow(run: Run, asks: Asks): Advanced {
    if ('out' in asks) return this.enter(run, this.node(run.step).next[asks.out] ?? null);
    const { phase: _, ...rest } = run;
    const next: Run = asks.phase === undefined ? run : { ...rest, phase: asks.phase };
    if ('call' in asks) return this.call({ ...next, pending: { of: 'step' } }, asks.call);
    const waiting: Run = { ...next, wakeAt: asks.wait };
    return asks.wait <= this.setting.at ? this.wakeStep(waiting) : { run: waiting };
  }

  private call(run: Run, call: Call): Advanced {
    return { run: { ...run, calls: run.calls + 1 }, call };
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
