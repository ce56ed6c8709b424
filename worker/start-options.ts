/** What a process is started with. */
import type { Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';
import type { Store } from '../store/store.ts';
import type { StudioAccess } from '../studio/index.ts';
import type { Environment } from './environment.ts';
import type { Hosting } from './hosting.ts';

export interface StartOptions {
  readonly project: Project;
  /** Every plan that a run may need: the project's, and older ones that people are still in. */
  readonly plans: readonly Plan[];
  readonly environment: Environment;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly store: Store;
  /** Default `cultivo`. */
  readonly taskQueue?: string;
  /** Of ingest; 0: any that is free. */
  readonly port: number;
  /** Of ingest. Default 127.0.0.1: this machine alone. */
  readonly host?: string | undefined;
  /** Who may look at the studio and act there, besides what the environment says. */
  readonly studio?: Partial<StudioAccess>;
  /** Receives faults that are not an answer to anybody. */
  readonly report?: (error: Error, where: string) => void;
  /** Hears what is good to know: what Temporal has lost, and that it has begun again. */
  readonly say?: (what: string) => void;
  /** Default: in real time. */
  readonly hosting?: Hosting;
}
