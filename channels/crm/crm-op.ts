/** What the `crm` lane can be asked to do: the payload of its rows. Plain JSON; `op` names the kind. */
import { DONE, type EffectItem, type Performed } from '../../activities/effect-kind.ts';
import { waitingRow } from '../../activities/lanes/lane.ts';
import type { Instant, JsonObject, StepId } from '../../dsl/plan.ts';
import type { AnyEffect } from '../../dsl/step.ts';
import type { Transaction } from '../../store/store.ts';
import { laneRows } from '../../store/tables/index.ts';

interface OfStep {
  readonly run: string;
  readonly step: StepId;
}

/** Gives the lead to sales: its record, its owner, and a task that says why. */
export interface HandoffOp extends OfStep {
  readonly op: 'handoff';
  /** A team member's id, `owner`, or `unassigned`. */
  readonly to: string;
  /** When the SLA ends. */
  readonly dueAt: Instant;
  /** Null where the project has no scoring model. */
  readonly score: number | null;
  /** The reasons for the score, one sentence each. */
  readonly because: readonly string[];
}

/** Puts a phone call on somebody's list. */
export interface CallOp extends OfStep {
  readonly op: 'call';
  readonly task: string;
  readonly by: string;
}

/** Tells somebody of the firm, and keeps the words on the lead. */
export interface NoteOp extends OfStep {
  readonly op: 'note';
  readonly to: string;
  readonly text: string;
}

/** Sales has let the SLA pass. */
export interface EscalateOp extends OfStep {
  readonly op: 'escalate';
  readonly to: string;
}

export interface FieldsOp extends OfStep {
  readonly op: 'fields';
  readonly fields: JsonObject;
}

export interface StageOp extends OfStep {
  readonly op: 'stage';
  readonly stage: string;
}

/** Somebody with a record of their own turned out to be this lead. `run`: who it was. */
export interface MergedOp extends OfStep {
  readonly op: 'merged';
  /** Their record. */
  readonly other: string;
}

export type CrmOp = HandoffOp | CallOp | NoteOp | EscalateOp | FieldsOp | StageOp | MergedOp;

/** Unique per run, step and kind: the key of what the CRM makes of it. */
export const crmOpKey = ({ run, step, op }: Pick<CrmOp, 'run' | 'step' | 'op'>): string =>
  `${run}/${step}/${op}`;

/** An operation before it is known whose it is. */
type Op<O extends CrmOp = CrmOp> = O extends CrmOp ? Omit<O, keyof OfStep> : never;

/** Has the lane do an operation for each item. */
export async function addCrmRows<E extends AnyEffect>(
  tx: Transaction,
  items: readonly EffectItem<E>[],
  opOf: (effect: E, item: EffectItem<E>) => Op,
): Promise<Performed[]> {
  await tx.add(
    laneRows,
    items.map((item) => {
      const { effect, run, key, cohort, person, at } = item;
      const op = opOf(effect, item);
      const payload = { ...op, run: run.id, step: run.step };
      return waitingRow({
        lane: 'crm',
        key: `${key}/${op.op}`,
        cohort,
        person: person.id,
        at,
        payload,
      });
    }),
  );
  return items.map(() => DONE);
}
