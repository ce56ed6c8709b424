/** What journeys do where sales works: each is a row of the `crm` lane. Not a touch of the lead, so no gate. */
import { chainAfter } from '../../activities/entry/enrol-effect.ts';
import { answersTo } from '../../activities/behaviour/merged-runs.ts';
import { recordKnownBehaviour } from '../../activities/behaviour/record-behaviour.ts';
import type { Context } from '../../activities/context.ts';
import { DONE, type EffectItem, type EffectKind } from '../../activities/effect-kind.ts';
import { ownerOf } from '../../activities/owner-of.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { AnyEffect } from '../../dsl/step.ts';
import type { EscalateEffect, HandoffEffect } from '../../dsl/steps/handoff-to-sales.ts';
import type { NotifyEffect } from '../../dsl/steps/notify.ts';
import type { SetFieldsEffect } from '../../dsl/steps/set-field.ts';
import type { SetStageEffect } from '../../dsl/steps/set-stage.ts';
import { listensSinceEntry } from '../../engine/situation.ts';
import type { Transaction } from '../../store/store.ts';
import { addCrmRows } from './crm-op.ts';

/**
 * A lead given to sales: with its owner, deadline and the reasons for the score. Not again where sales has answered
 * for whoever the lead was merged with.
 */
const handoff: EffectKind<HandoffEffect> = {
  touch: null,
  perform: async ({ project }, tx, items) => {
    const answers = await answersOf(tx, items);
    const given = items.filter((item) => answers(item) === undefined);
    await addCrmRows(tx, given, ({ to, slaMs }, { person, facts, at }) => {
      const score = facts.scored(at);
      return {
        op: 'handoff',
        to: to === 'owner' ? (ownerOf(project, person)?.id ?? 'unassigned') : to,
        dueAt: at + slaMs,
        score: score === undefined ? null : Math.round(score.total),
        because: (score?.because ?? []).map(
          ({ rule, points, count }) =>
            `${points > 0 ? '+' : ''}${Math.round(points)} ${rule}${count > 1 ? ` ×${count}` : ''}`,
        ),
      };
    });
    return items.map((item) => {
      const news = answers(item);
      return news === undefined
        ? DONE
        : { verdict: 'skip', reason: `sales has said ${news}`, news };
    });
  },
};

/** Sales did not answer a handoff in time: says so in the CRM, unless the answer had come after all. */
const escalate: EffectKind<EscalateEffect> = {
  touch: null,
  what: ({ to }) => `escalation to ${to}`,
  perform: async (_, tx, items) => {
    const answers = await answersOf(tx, items);
    const late = items.filter((item) => answers(item) === undefined);
    await addCrmRows(tx, late, ({ to }) => ({ op: 'escalate', to }));
    return items.map((item) => {
      const news = answers(item);
      return news === undefined ? DONE : { verdict: 'done', news };
    });
  },
};

/** What sales has answered by now to the step of the run, or of one that it goes on for. */
async function answersOf<E extends AnyEffect>(
  tx: Transaction,
  items: readonly EffectItem<E>[],
): Promise<(item: EffectItem<E>) => string | undefined> {
  const answerTo = await answersTo(
    tx,
    items.map(({ run, plan, person }) => ({
      id: run.id,
      person: person.id,
      journey: plan.id,
      enteredAt: listensSinceEntry(run),
    })),
  );
  return ({ run, at }) => {
    const row = answerTo(run.id, run.step);
    const answer = row !== undefined && row.at <= at ? row.properties['answer'] : undefined;
    return typeof answer === 'string' ? answer : undefined;
  };
}

/** A note to one of the firm's own people. */
const notify: EffectKind<NotifyEffect> = {
  touch: null,
  perform: (_, tx, items) => addCrmRows(tx, items, ({ to, text }) => ({ op: 'note', to, text })),
};

/** Fields of the profile, written here at once and in the CRM by its lane. */
const setFields: EffectKind<SetFieldsEffect> = {
  touch: null,
  perform: async (context, tx, items) => {
    await writeProfiles(context, tx, items, ({ fields }) => fields);
    return addCrmRows(tx, items, ({ fields }) => ({ op: 'fields', fields }));
  },
};

/** The lifecycle stage: the profile's field `stage`, and the CRM's. */
const setStage: EffectKind<SetStageEffect> = {
  touch: null,
  perform: async (context, tx, items) => {
    await writeProfiles(context, tx, items, ({ stage }) => ({ stage }));
    return addCrmRows(tx, items, ({ stage }) => ({ op: 'stage', stage }));
  },
};

/**
 * Fields that journeys write, recorded as anything else that is learnt about a person: they change the
 * score, wake whoever waits for them (the journey itself included) and may bring people in.
 */
async function writeProfiles<E extends AnyEffect>(
  context: Context,
  tx: Transaction,
  items: readonly EffectItem<E>[],
  fieldsOf: (effect: E) => JsonObject,
): Promise<void> {
  await recordKnownBehaviour(
    context,
    tx,
    items.map(({ effect, key, person, at, run }) => ({
      type: 'identify',
      source: 'journey',
      id: key,
      person: person.id,
      at,
      traits: fieldsOf(effect),
      chain: chainAfter(run),
    })),
  );
}

export const effects = { handoff, escalate, notify, setFields, setStage };
