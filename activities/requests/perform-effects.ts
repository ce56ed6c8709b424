/** Effects of many people: those that the ledger knows get their first answer, touches pass the gate, the rest is done by kind. */
import type { EffectAnswer } from '../../dsl/step.ts';
import { type Effect, labelIn } from '../../dsl/steps/index.ts';
import { requestKey } from '../../engine/asked.ts';
import { type End, isUnderWay } from '../../engine/run.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { type Decision, decisions, type NewDecision } from '../../store/tables/index.ts';
import type { Context } from '../context.ts';
import { DONE, type EffectItem, type EffectKind } from '../effect-kind.ts';
import { passGate } from '../gate/pass-gate.ts';
import type { World } from '../world.ts';
import type { Known } from './known.ts';

type Answers = Map<Known, { readonly type: 'effect'; readonly answer: EffectAnswer }>;

/** Of what is asked, the effects alone. */
export async function performEffects(
  world: Context & Pick<World, 'effects'>,
  tx: Transaction,
  all: readonly Known[],
): Promise<Answers> {
  const answers: Answers = new Map();
  const rows: NewDecision[] = [];
  const fresh: Known[] = [];
  const settle = (known: Known, answer: EffectAnswer, verdict?: Decision['verdict']): void => {
    answers.set(known, { type: 'effect', answer });
    rows.push(decisionOf(world, known, answer, verdict ?? answer.verdict));
  };
  for (const known of all) {
    const { asked, enrolment, first } = known;
    const status = enrolment?.status ?? 'live';
    if (asked.request.type !== 'effect') continue;
    // Written below by an earlier attempt at this very request.
    if (first !== undefined) answers.set(known, { type: 'effect', answer: first as EffectAnswer });
    else if (isUnderWay(status)) fresh.push(known);
    else settle(known, { verdict: 'leave', by: status as End });
  }
  for (const [effect, group] of groupBy(fresh, effectIn)) {
    // A kind is only ever given effects of its own name.
    const kind = world.effects[effect] as unknown as EffectKind;
    const outcomes = await performKind(world, tx, kind, group.map(itemOf));
    for (const [i, known] of group.entries()) {
      const { answer = DONE, passed = false } = outcomes[i] ?? {};
      settle(known, answer, answer.verdict === 'done' && passed ? 'send' : undefined);
    }
  }
  await tx.add(decisions, rows);
  return answers;
}

/** The steps of journeys ask for these alone. */
const effectOf = ({ asked: { request } }: Known): Effect =>
  (request.type === 'effect' ? request.effect : undefined) as Effect;
const effectIn = (known: Known): Effect['effect'] => effectOf(known).effect;

interface Outcome {
  readonly answer: EffectAnswer;
  /** It went through the gate. */
  readonly passed: boolean;
}

async function performKind(
  context: Context,
  tx: Transaction,
  kind: EffectKind,
  items: readonly EffectItem[],
): Promise<readonly Outcome[]> {
  const { touch, perform } = kind;
  const gated = touch === null ? [] : await passGate(context, tx, items, touch);
  const passed = items.filter((_, i) => (gated[i]?.verdict ?? 'send') === 'send');
  const performed = passed.length === 0 ? [] : await perform(context, tx, passed);
  const answers = new Map(passed.map((item, i) => [item, performed[i] ?? DONE]));
  return items.map((item, i): Outcome => {
    const answer = gated[i];
    return answer === undefined || answer.verdict === 'send'
      ? { answer: answers.get(item) ?? DONE, passed: touch !== null }
      : { answer, passed: false };
  });
}

function itemOf(known: Known): EffectItem {
  const { asked, plan, person, facts, enrolment } = known;
  const { run, at } = asked;
  return {
    effect: effectOf(known),
    run,
    plan,
    at,
    person,
    facts,
    cohort: enrolment?.cohort ?? '',
    key: `${plan.id}/${run.lead}/${run.id}/${run.step}`,
  };
}

function decisionOf(
  { effects, gitSha }: Pick<World, 'effects' | 'gitSha'>,
  known: Known,
  answer: EffectAnswer,
  verdict: Decision['verdict'],
): NewDecision {
  const { asked, plan, person } = known;
  const { run, at } = asked;
  const effect = effectOf(known);
  const what = (effects[effect.effect] as unknown as EffectKind).what?.(effect);
  return {
    key: requestKey(run),
    run: run.id,
    journey: plan.id,
    person: person.id,
    plan: run.plan,
    step: run.step,
    at,
    what: what ?? labelIn(plan, run.step),
    verdict,
    reason: 'reason' in answer ? answer.reason : 'by' in answer ? answer.by : null,
    until: 'until' in answer ? answer.until : null,
    answer: { ...answer },
    gitSha,
  };
}
