/** What differs between real time and time that is skipped: a worker is composed with one of the two. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cohorts, World } from '../activities/world.ts';
import type { Ports } from '../channels/index.ts';
import type { Instant } from '../dsl/plan.ts';
import { temporalCohorts, type TemporalCohortsOptions } from './temporal-cohorts.ts';

export interface Hosting {
  /** The module of the workflows, without its extension. */
  readonly workflows: string;
  readonly clock: () => Instant;
  /** How items reach cohorts. */
  readonly cohorts: (options: TemporalCohortsOptions) => Cohorts;
  /** The ports that activities work with. */
  readonly ports: (opened: Ports) => Ports;
  /** What its workflows call besides the activities of every worker. */
  readonly activities: (world: World) => object;
  /** Whether lanes are over with their worker, or wait for the next one. */
  readonly endsLanes: boolean;
  /** Whether what is over is forgotten some time after; where time is skipped, the whole story is told. */
  readonly forgets: boolean;
  /** How long activities at hand may take when the worker is asked to stop. */
  readonly graceMs: number;
}

export const inRealTime: Hosting = {
  workflows: join(dirname(dirname(fileURLToPath(import.meta.url))), 'workflows', 'index'),
  clock: Date.now,
  cohorts: temporalCohorts,
  ports: (opened) => opened,
  activities: () => ({}),
  endsLanes: false,
  forgets: true,
  graceMs: 5_000,
};
