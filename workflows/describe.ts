/** What the engine's own pages say about a cohort: where its people stand and what it waits for. */
import type { Instant, Plan } from '../dsl/plan.ts';
import { labelIn } from '../dsl/steps/index.ts';
import type { Cohort } from '../engine/cohort.ts';
import type { Position } from '../engine/position.ts';
import type { Engine } from './engine.ts';

type PlanOf = (hash: string) => Plan;

/** Markdown for the workflow's current details. */
export function describeCohort(cohort: Cohort, planOf: PlanOf): string {
  const places = new Map<string, { readonly position: Position; count: number }>();
  for (const position of cohort.positions()) {
    const { run, parked } = position;
    const place = `${parked === undefined ? '' : 'parked '}${run.step} ${run.plan}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, { position, count: 1 });
    else known.count += 1;
  }
  if (places.size === 0) return 'Nobody is in it.';
  return [...places.values()]
    .map(({ position, count }) => {
      const { run, parked } = position;
      const where = parked === undefined ? '' : 'parked at ';
      return `- ${where}**${labelIn(planOf(run.plan), run.step)}** (${run.step}): ${count}`;
    })
    .toSorted()
    .join('\n');
}

/** One line for the timer: who it is for. */
export function describeWait(cohort: Cohort, planOf: PlanOf, until: Instant): string {
  const only = onlyPosition(cohort)?.run;
  const time = new Date(until).toISOString().slice(0, 16).replace('T', ' ');
  return `${only === undefined ? `${cohort.size} people` : labelIn(planOf(only.plan), only.step)} until ${time} UTC`;
}

/** Where somebody who is alone in a cohort can be found by. Steps that last less are not worth the index's write. */
const BRIEF_MS = 60_000;

export function describeStep(
  cohort: Cohort,
  index: Engine['stepIndex'],
  now: Instant,
  written: string | undefined,
) {
  const step = onlyPosition(cohort)?.run.step;
  const known = written ?? index.read();
  const isBrief = (cohort.nextWake() ?? Infinity) - now < BRIEF_MS;
  if (step === undefined || step === known || isBrief) return known;
  index.write(step);
  return step;
}

const onlyPosition = (cohort: Cohort): Position | undefined =>
  cohort.size === 1 ? [...cohort.positions()][0] : undefined;
