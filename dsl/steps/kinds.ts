/** The kinds of step. A new one is its file, a line here, and a line in `dsl/index.ts`. */
export { callTaskKind } from './call-task.ts';
export { enrolInKind } from './enrol-in.ts';
export { exitKind } from './exit.ts';
export { handoffToSalesKind } from './handoff-to-sales.ts';
export { notifyKind } from './notify.ts';
export { onDayKind } from './on-day.ts';
export { ownStepKind } from './own-step.ts';
export { sendEmailKind } from './send-email.ts';
export { setFieldKind } from './set-field.ts';
export { setStageKind } from './set-stage.ts';
export { untilKind } from './until.ts';
export { waitDaysKind } from './wait-days.ts';
export { waitForKind } from './wait-for.ts';
export { waitHoursKind } from './wait-hours.ts';
export { waitUntilKind } from './wait-until.ts';
export { webhookKind } from './webhook.ts';
export { whenKind } from './when.ts';
