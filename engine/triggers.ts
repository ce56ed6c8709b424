/** The triggers that a run listens to, in the order in which they win: exit, goal, blocks from the innermost out, the step's own. */
import { isState, relevance } from '../dsl/conditions/index.ts';
import type { Happening } from '../dsl/condition.ts';
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Answer, Question, Request } from '../dsl/step.ts';
import { stepKind } from '../dsl/steps/index.ts';
import type { Pending, Run } from './run.ts';
import { listensSince, listensSinceEntry, type Setting, situationOf } from './situation.ts';

export interface Trigger extends Question {
  /** `exit`, `goal`, a block's id, or `STEP_TRIGGER`. */
  readonly key: string;
}

export const STEP_TRIGGER = 'step';

export function triggersOf(plan: Plan, run: Run, setting: Setting): readonly Trigger[] {
  const node = plan.nodes[run.step];
  if (node === undefined) return [];
  const triggers: Trigger[] = [];
  const { exit, goal } = plan.rules;
  const sinceEntry = listensSinceEntry(run);
  if (exit !== undefined) triggers.push({ key: 'exit', condition: exit, since: sinceEntry });
  if (goal !== undefined) triggers.push({ key: 'goal', condition: goal, since: sinceEntry });
  const situation = situationOf(run, setting);
  const add = (key: string, id: string, since: Instant): void => {
    const { kind, args } = plan.nodes[id] ?? node;
    const question = stepKind(kind).trigger?.(args, {
      ...situation,
      listens: { since, sinceEntry },
    });
    if (question !== undefined) triggers.push({ key, ...question });
  };
  for (const block of node.scopes.toReversed()) add(block, block, run.scopes[block] ?? sinceEntry);
  add(STEP_TRIGGER, run.step, listensSince(run));
  return triggers;
}

/** Those that the run did not listen to where it was before, and that may be met already. */
export const newTriggers = (
  plan: Plan,
  before: Run,
  run: Run,
  setting: Setting,
): readonly Trigger[] =>
  triggersOf(plan, run, setting).filter(
    (trigger) => isNew(trigger, before) && mayHoldAlready(trigger, setting.at),
  );

const isNew = ({ key }: Trigger, before: Run): boolean =>
  before.step === '' ||
  key === STEP_TRIGGER ||
  (key !== 'exit' && key !== 'goal' && before.scopes[key] === undefined);

/** True where a trigger may be met already: it is a state, or it looks back. */
export const mayHoldAlready = (trigger: Trigger, at: Instant): boolean =>
  trigger.since < at || isState(trigger.condition);

/** What became of the triggers by something that happened: some are met, or the store must be asked. */
export function hear(
  plan: Plan,
  run: Run,
  setting: Setting,
  happening: Happening,
): { readonly met: readonly string[] } | { readonly ask: readonly Trigger[] } | undefined {
  const asked: Trigger[] = [];
  const met: string[] = [];
  const triggers = triggersOf(plan, run, setting);
  for (const trigger of triggers) {
    // The step's own time was over before it happened.
    if (trigger.key === STEP_TRIGGER && happening.at > (run.wakeAt ?? Infinity)) continue;
    if (happening.past === true) {
      asked.push(trigger);
      continue;
    }
    const answer = relevance(trigger.condition, happening, trigger.since);
    if (answer === 'no') continue;
    asked.push(trigger);
    if (answer === 'met') met.push(trigger.key);
  }
  const last = asked.at(-1);
  if (last === undefined) return undefined;
  // Others may have been met by something else of this very instant: those that would win, and blocks around
  // the one that wins, whose events are then used up. The store knows.
  const blocks = setting.exact === true ? (plan.nodes[run.step]?.scopes ?? []) : [];
  const outermost = triggers.findLastIndex(({ key }) => blocks.includes(key));
  const isAlone = met[0] === triggers[0]?.key && outermost <= 0;
  if (met.length === asked.length && isAlone) return { met };
  return { ask: triggers.slice(0, Math.max(triggers.indexOf(last), outermost) + 1) };
}

export const questionsOf = (triggers: readonly Trigger[]): Request => ({
  type: 'decide',
  questions: triggers.map(({ condition, since }) => ({ condition, since })),
});

/** The run with what the answer says of its triggers, and those that are met. */
export function verdictsOn(
  run: Run,
  { triggers }: Extract<Pending, { of: 'triggers' }>,
  answer: Answer,
  at: Instant,
): { readonly run: Run; readonly met: readonly string[] } {
  const verdicts = answer.type === 'decide' ? answer.verdicts : [];
  const { pending: _, ...rest } = run;
  const rechecks = { ...run.rechecks };
  for (const [i, key] of triggers.entries()) {
    const changesAt = verdicts[i]?.changesAt;
    if (changesAt === undefined) delete rechecks[key];
    else rechecks[key] = Math.max(changesAt, at + 1);
  }
  return {
    run: { ...rest, rechecks },
    met: triggers.filter((_key, i) => verdicts[i]?.holds === true),
  };
}

/** Blocks that have lost: an event is used up, a state that lasts is met the next instant. */
export function passOver(plan: Plan, run: Run, lost: readonly string[], setting: Setting): Run {
  const scopes = { ...run.scopes };
  const rechecks = { ...run.rechecks };
  for (const { key, condition } of triggersOf(plan, run, setting)) {
    if (!lost.includes(key) || scopes[key] === undefined) continue;
    scopes[key] = setting.at;
    if (isState(condition)) rechecks[key] = setting.at + 1;
  }
  return { ...run, scopes, rechecks };
}
