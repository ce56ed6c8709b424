/** What `doctor` looks at: each check says one thing about the place where it runs, and never throws the others off. */
import type { Project } from '../../dsl/project.ts';
import type { Environment } from '../../worker/environment.ts';

/** `skipped`: there is nothing to look at, and that is as it may be. */
export type State = 'ok' | 'warning' | 'failure' | 'skipped';

export interface Finding {
  readonly state: State;
  /** In a sentence, without anybody's data and without secrets. */
  readonly says: string;
  /** What to do, where something is to be done. */
  readonly fix?: string | undefined;
}

export interface Place {
  /** Of the config; without one, where the command runs. */
  readonly directory: string;
  /** Undefined: a variable is wrong, which `environment` says. */
  readonly environment: Environment | undefined;
  /** Undefined: it does not load, which `project` says. */
  readonly project: Project | undefined;
  /** Why they are undefined. */
  readonly problems: { readonly environment?: string; readonly project?: string };
  /** Of ingest. */
  readonly port: number;
}

export interface Check {
  readonly name: string;
  look(place: Place): Finding | Promise<Finding>;
}

/** Whether the variables are those of a deployment: what `cultivo worker` asks for besides must be there too. */
export const isDeployment = (environment: Environment | undefined): boolean =>
  environment?.TEMPORAL_ADDRESS !== undefined && environment.DATABASE_URL !== undefined;

/** Why a check looks at nothing. */
export const NO_PROJECT = 'No project that loads.';
export const WRONG_VARIABLES = 'A variable is wrong.';

export const ok = (says: string): Finding => ({ state: 'ok', says });
export const skipped = (says: string): Finding => ({ state: 'skipped', says });
export const warning = (says: string, fix: string): Finding => ({ state: 'warning', says, fix });
export const failure = (says: string, fix: string): Finding => ({ state: 'failure', says, fix });

/** Our own errors say what to do themselves. */
export const failed = (error: unknown): Finding => ({
  state: 'failure',
  says: error instanceof Error ? error.message : String(error),
});
