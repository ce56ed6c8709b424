/** What production cannot do without, told all at once before anything is opened. */
import type { Environment } from '../../worker/environment.ts';

export interface RequiredVariables {
  readonly temporalAddress: string;
  readonly databaseUrl: string;
}

/** @throws Error [environment-incomplete] */
export function requireVariables({
  TEMPORAL_ADDRESS: temporalAddress,
  DATABASE_URL: databaseUrl,
}: Environment): RequiredVariables {
  if (temporalAddress !== undefined && databaseUrl !== undefined) {
    return { temporalAddress, databaseUrl };
  }
  const missing = [
    ...(temporalAddress === undefined
      ? ['TEMPORAL_ADDRESS: expected host:port of a Temporal cluster, received nothing.']
      : []),
    ...(databaseUrl === undefined
      ? ['DATABASE_URL: expected postgres://… of a Postgres server, received nothing.']
      : []),
  ];
  throw new Error(
    `${missing.join('\n')}\nSet ${missing.length === 1 ? 'it' : 'both'}; ` +
      'to run on this machine alone, `cultivo dev` needs neither. [environment-incomplete]',
  );
}
