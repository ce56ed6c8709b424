/** Every kind of step. Adding one: its file, a line here, its test. */
import type { PlanNode, JsonObject } from '../plan.ts';
import type { StepKind } from '../step.ts';
import { callTaskKind } from './call-task.ts';
import { enrolInKind } from './enrol-in.ts';
import { exitKind } from './exit.ts';
import { handoffToSalesKind } from './handoff-to-sales.ts';
import { notifyKind } from './notify.ts';
import { onDayKind } from './on-day.ts';
import { ownStepKind } from './own-step.ts';
import { sendEmailKind } from './send-email.ts';
import { setFieldKind } from './set-field.ts';
import { setStageKind } from './set-stage.ts';
import { waitDaysKind } from './wait-days.ts';
import { waitForKind } from './wait-for.ts';
import { waitHoursKind } from './wait-hours.ts';
import { waitUntilKind } from './wait-until.ts';
import { whenKind } from './when.ts';

const kinds: ReadonlyMap<string, StepKind<JsonObject>> = new Map(
  [
    callTaskKind,
    enrolInKind,
    exitKind,
    handoffToSalesKind,
    notifyKind,
    onDayKind,
    ownStepKind,
    sendEmailKind,
    setFieldKind,
    setStageKind,
    waitDaysKind,
    waitForKind,
    waitHoursKind,
    waitUntilKind,
    whenKind,
    // Each kind is only ever given arguments that its own author function made.
  ].map((kind) => [kind.kind, kind as unknown as StepKind<JsonObject>]),
);

export function stepKind(kind: string): StepKind<JsonObject> {
  const found = kinds.get(kind);
  if (found === undefined) {
    throw new Error(
      `Step kind "${kind}": expected one of ${[...kinds.keys()].join(', ')}. ` +
        'Deploy a worker whose version knows it. [unknown-step-kind]',
    );
  }
  return found;
}

export const labelStep = (node: Pick<PlanNode, 'kind' | 'args'>): string =>
  stepKind(node.kind).label(node.args);
