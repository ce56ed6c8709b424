/** `cultivo`: all that a journey file imports. */
export { compile, tryCompile } from './compile/compile.ts';
export type { Condition } from './condition.ts';
export { all, any, not } from './conditions/all-any-not.ts';
export { check } from './conditions/own-check.ts';
export { score } from './conditions/score-level.ts';
export { oneOf } from './conditions/test-value.ts';
export { type CultivoConfig, defineConfig } from './config.ts';
export { days, type Duration, hours, minutes } from './duration.ts';
export { email, type EmailContext, type EmailTemplate } from './email.ts';
export { event, type EventModel } from './event.ts';
export { html, type Html } from './html.ts';
export { after, always, everyDay, type Journey, journey, never, weekdays } from './journey.ts';
export { lead, type LeadModel } from './lead.ts';
export type { Plan } from './plan.ts';
export { printMermaid } from './print/print-mermaid.ts';
export { printText } from './print/print-text.ts';
export { JourneyDefinitionError, type Problem } from './problem.ts';
export { composeProject, type Project, ProjectDefinitionError } from './project.ts';
export { points } from './scoring/points.ts';
export { scoring } from './scoring/scoring.ts';
export type { ScoringModel } from './scoring/scoring-model.ts';
export type { Step } from './step.ts';
export { callTask } from './steps/call-task.ts';
export { enrolIn } from './steps/enrol-in.ts';
export { exit } from './steps/exit.ts';
export { handoffToSales } from './steps/handoff-to-sales.ts';
export { notify } from './steps/notify.ts';
export { onDay } from './steps/on-day.ts';
export { step } from './steps/own-step.ts';
export { sendEmail } from './steps/send-email.ts';
export { setField } from './steps/set-field.ts';
export { setStage } from './steps/set-stage.ts';
export { until } from './steps/until.ts';
export { waitDays } from './steps/wait-days.ts';
export { waitFor } from './steps/wait-for.ts';
export { waitHours } from './steps/wait-hours.ts';
export { next, waitUntil } from './steps/wait-until.ts';
export { signedPosts, webhook, WebhookFailed, WebhookSent } from './steps/webhook.ts';
export { ifScoreAbove, when } from './steps/when.ts';
export {
  EmailBounced,
  EmailComplained,
  EmailFailed,
  EmailLinkClicked,
  EmailOpened,
  EmailSent,
  EmailUnsubscribed,
  HandoffAnswered,
} from './system-events.ts';
export { colleague, owner, type TeamMember } from './team.ts';
export { localInbox, resend } from './vendor.ts';
