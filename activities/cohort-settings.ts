/** How a journey's cohorts are driven; the same on every host. */
import type { Project } from '../dsl/project.ts';
import type { CohortSettings } from '../engine/situation.ts';

const DEFAULT_TICK_MS = 60_000;
const DEFAULT_SPREAD_MS = 5 * 60_000;

/** The config's spread: people due at one instant leave within it. */
export const spreadOf = ({ config }: Project): number => config.spread?.ms ?? DEFAULT_SPREAD_MS;

/** A cohort of one has its run's id in its own, larger ones two parts more than their journey's. */
export const isOfOne = (journey: string, cohort: string): boolean =>
  !cohort.slice(journey.length + 1).includes('/');

/** A cohort of one is exact; larger ones wake on ticks. */
export function cohortSettings(project: Project, journey: string, cohort: string): CohortSettings {
  return {
    tickMs: isOfOne(journey, cohort) ? 1 : (project.config.tick?.ms ?? DEFAULT_TICK_MS),
    spreadMs: spreadOf(project),
  };
}
