/** Effects of many people: those that the ledger knows get their first answer, touches pass the gate, the rest is done by kind. */
import type { Effect, EffectAnswer } from '../../dsl/effect.ts';
import { labelStep } from '../../dsl/steps/index.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Decision, Enrolment } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { PersonCall } from '../../engine/cohort-state.ts';
import type { EffectItem } from '../effects/effect-kind.ts';
import { effectKind } from '../effects/index.ts';
import { enrolmentsOf } from './enrolments-of.ts';
import { passGate } from '../gate/pass-gate.ts';
import { callKey, type EffectAnswers } from './perform.ts';
import { planOf } from '../plan-of.ts';
import type { World } from '../world.ts';

interface Asked {
  readonly call: PersonCall;
  readonly item: EffectItem<Effect>;
}

export async function performEffects(
  world: World,
  tx: Transaction,
  calls: readonly PersonCall[],
): Promise<EffectAnswers> {
  if (calls.length === 0) return new Map();
  const enrolments = await enrolmentsOf(tx, calls);
  await tx.lock([...new Set(calls.map(({ run }) => enrolments.get(run.id)?.person ?? run.lead))]);
  const known = new Map(
    (await tx.decisions({ keys: calls.map(callKey) })).map(({ key, answer }) => [key, answer]),
  );
  const answers = new Map<PersonCall, { type: 'effect'; answer: EffectAnswer }>();
  for (const call of calls) {
    const answer = known.get(callKey(call));
    // Written below by an earlier attempt of this very call.
    if (answer !== undefined) answers.set(call, { type: 'effect', answer: answer as EffectAnswer });
  }
  const asked = await itemsOf(
    world,
    tx,
    calls.filter((call) => !answers.has(call)),
    enrolments,
  );
  const rows: Decision[] = [];
  for (const [effect, group] of groupBy(asked, ({ item }) => item.effect.effect)) {
    const outcomes = await performKind(world, tx, effect, group);
    group.forEach((each, i) => {
      const outcome = outcomes[i];
      if (outcome === undefined) return;
      answers.set(each.call, { type: 'effect', answer: outcome.answer });
      rows.push(decisionOf(world, each, outcome));
    });
  }
  await tx.addDecisions(rows);
  return answers;
}

interface Outcome {
  readonly answer: EffectAnswer;
  readonly verdict: Decision['verdict'];
}

async function performKind(
  world: World,
  tx: Transaction,
  effect: Effect['effect'],
  group: readonly Asked[],
): Promise<readonly Outcome[]> {
  const kind = effectKind(effect);
  const items = group.map(({ item }) => item);
  const gated = kind.gate === undefined ? undefined : await passGate(world, tx, items, kind.gate);
  const passed = items.filter((_, i) => gated === undefined || gated[i]?.verdict === 'send');
  const performed = passed.length === 0 ? [] : await kind.perform(world, tx, passed);
  const byItem = new Map(passed.map((item, i) => [item, performed[i]]));
  return items.map((item, i) => {
    const answer = gated?.[i];
    if (answer !== undefined && answer.verdict !== 'send')
      return { answer, verdict: answer.verdict };
    const done = byItem.get(item) ?? { verdict: 'done' };
    return { answer: done, verdict: done.verdict === 'done' && gated ? 'send' : done.verdict };
  });
}

async function itemsOf(
  world: World,
  tx: Transaction,
  calls: readonly PersonCall[],
  enrolments: ReadonlyMap<string, Enrolment>,
): Promise<readonly Asked[]> {
  if (calls.length === 0) return [];
  const personOf = ({ run }: PersonCall) => enrolments.get(run.id)?.person ?? run.lead;
  const people = new Map(
    (await tx.people([...new Set(calls.map(personOf))])).map((row) => [row.id, row]),
  );
  return calls.flatMap((call) => {
    const { run, at } = call;
    if (call.call.type !== 'effect') return [];
    const plan = planOf(world, run.plan);
    const nobody = { id: personOf(call), profile: {}, zone: null, createdAt: at };
    return [
      {
        call,
        item: {
          effect: call.call.effect,
          run,
          plan,
          at,
          person: people.get(personOf(call)) ?? nobody,
          cohort: enrolments.get(run.id)?.cohort ?? '',
          status: enrolments.get(run.id)?.status ?? 'live',
          key: `${plan.id}/${run.lead}/${run.id}/${run.step}`,
        },
      },
    ];
  });
}

function decisionOf(world: World, { call, item }: Asked, { answer, verdict }: Outcome): Decision {
  const node = item.plan.nodes[item.run.step];
  const what = effectKind(item.effect.effect).what?.(item.effect);
  return {
    key: callKey(call),
    run: item.run.id,
    journey: item.plan.id,
    person: item.person.id,
    plan: item.run.plan,
    step: item.run.step,
    at: item.at,
    what: what ?? (node === undefined ? item.run.step : labelStep(node)),
    verdict,
    reason: 'reason' in answer ? answer.reason : 'by' in answer ? answer.by : null,
    until: 'until' in answer ? answer.until : null,
    answer: { ...answer },
    gitSha: world.gitSha,
  };
}
