/** What journeys do where sales works: each is a row of the `crm` lane. Not a touch of the lead, so no gate. */
import { chainAfter } from '../../activities/entry/enrol-effect.ts';
import { recordKnownBehaviour } from '../../activities/behaviour/record-behaviour.ts';
import type { Context } from '../../activities/context.ts';
import {
  DONE,
  type EffectItem,
  type EffectKind,
  type Performed,
} from '../../activities/effect-kind.ts';
import { ownerOf } from '../../activities/owner-of.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { AnyEffect } from '../../dsl/step.ts';
import type { EscalateEffect, HandoffEffect } from '../../dsl/steps/handoff-to-sales.ts';
import type { NotifyEffect } from '../../dsl/steps/notify.ts';
import type { SetFieldsEffect } from '../../dsl/steps/set-field.ts';
import type { SetStageEffect } from '../../dsl/steps/set-stage.ts';
import { systemEvents } from '../../dsl/system-events.ts';
import type { Transaction } from '../../store/store.ts';
import { events, type EventRow } from '../../store/tables/index.ts';
import { addCrmRows } from './crm-op.ts';

/** A lead given to sales: with its owner, deadline and the reasons for the score. */
const handoff: EffectKind<HandoffEffect> = {
  touch: null,
  perform: ({ project }, tx, items) =>
    addCrmRows(tx, items, ({ to, slaMs }, { person, facts, at }) => {
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
    }),
};

/** Sales did not answer a handoff in time: says so in the CRM, unless the answer had come after all. */
const escalate: EffectKind<EscalateEffect> = {
  touch: null,
  what: ({ to }) => `escalation to ${to}`,
  perform: async (_, tx, items) => {
    const person = [...new Set(items.map((item) => item.person.id))];
    const answers = await tx.find(events, { person, name: systemEvents.handoffAnswered });
    const performed = items.map((item) => answerTo(item, answers));
    const late = items.filter((_item, i) => performed[i] === DONE);
    await addCrmRows(tx, late, ({ to }) => ({ op: 'escalate', to }));
    return performed;
  },
};

function answerTo({ run, at }: EffectItem, answers: readonly EventRow[]): Performed {
  const answered = answers.find(
    (each) =>
      each.at <= at && each.properties['run'] === run.id && each.properties['step'] === run.step,
  );
  const answer = answered?.properties['answer'];
  return typeof answer === 'string' ? { verdict: 'done', news: answer } : DONE;
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
