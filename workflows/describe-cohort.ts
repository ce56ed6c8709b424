/** What Temporal's own pages say about a cohort: where its people stand and what it waits for. */
import type { Instant } from '../dsl/plan.ts';
import type { Cohort } from '../engine/cohort.ts';

/** Markdown for the workflow's current details. */
export function describeCohort(cohort: Cohort): string {
  const counts = [...cohort.countSteps()].sort(([a], [b]) => (a < b ? -1 : 1));
  if (counts.length === 0) return 'Nobody is in it.';
  return counts.map(([step, count]) => `- **${step}**: ${count}`).join('\n');
}

/** One line for the timer: who it is for. */
export function describeWait(cohort: Cohort, until: Instant): string {
  const step = cohort.onlyStep();
  const moment = new Date(until).toISOString().slice(0, 16).replace('T', ' ');
  return `${step ?? `${cohort.size} people`} until ${moment} UTC`;
}
