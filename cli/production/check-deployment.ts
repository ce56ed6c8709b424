/**
 * What a deployment must have before anything is served: its variables, every current plan locked, and the
 * older plans that people are still in.
 */
import type { Plan } from '../../dsl/plan.ts';
import type { Store } from '../../store/store.ts';
import type { Environment } from '../../worker/environment.ts';
import { linesIf, plural } from '../answer.ts';
import { plansInUse } from '../lock/plans-in-use.ts';

/**
 * @returns the database's URL.
 * @throws Error [environment-incomplete] that names everything that is missing.
 */
export function requireVariables({
  TEMPORAL_ADDRESS,
  DATABASE_URL,
  CULTIVO_WRITE_KEY,
}: Environment): string {
  const missing = [
    ...linesIf(
      TEMPORAL_ADDRESS === undefined,
      'TEMPORAL_ADDRESS: expected host:port of a Temporal cluster, received nothing.',
    ),
    ...linesIf(
      DATABASE_URL === undefined,
      'DATABASE_URL: expected postgres://… of a Postgres server, received nothing.',
    ),
    ...linesIf(
      CULTIVO_WRITE_KEY === undefined,
      'CULTIVO_WRITE_KEY: expected a secret that senders sign in with, received nothing: anybody could write.',
    ),
  ];
  if (DATABASE_URL !== undefined && missing.length === 0) return DATABASE_URL;
  throw new Error(
    `${missing.join('\n')}\nSet ${missing.length === 1 ? 'it' : 'them'}; ` +
      'to run on this machine alone, `cultivo dev` needs none of them. [environment-incomplete]',
  );
}

/**
 * Production runs what was reviewed.
 *
 * @throws Error [not-locked] that lists the plans.
 */
export function requireLocked(current: Iterable<Plan>, locked: readonly Plan[]): void {
  const known = hashesOf(locked);
  const missing = [...current].filter(({ hash }) => !known.has(hash));
  if (missing.length === 0) return;
  throw new Error(
    `Expected every plan to be locked, received ${plural(missing.length, 'plan')} that ${missing.length === 1 ? 'is' : 'are'} not:\n` +
      missing.map(({ id, hash }) => `  plans/${id}/${hash}.json\n`).join('') +
      'Run `cultivo lock`, commit plans/ and deploy that. [not-locked]',
  );
}

export interface MissingPlan {
  /** The file to deploy. */
  readonly file: string;
  readonly people: number;
}

/** Plans that people are in and that were not deployed: those people wait in Temporal until they are. */
export async function missingPlans(
  store: Store,
  locked: readonly Plan[],
): Promise<readonly MissingPlan[]> {
  const known = hashesOf(locked);
  return [...(await plansInUse(store))]
    .filter(([hash]) => !known.has(hash))
    .map(([hash, { journey, people }]) => ({ file: `plans/${journey}/${hash}.json`, people }))
    .sort((a, b) => a.file.localeCompare(b.file));
}

const hashesOf = (plans: readonly Plan[]): ReadonlySet<string> =>
  new Set(plans.map(({ hash }) => hash));

/** For people. */
export const printMissing = (missing: readonly MissingPlan[]): string =>
  [
    'People are in plans that are not deployed. They wait, and go on when these are back from git and deployed:',
    ...missing.map(({ file, people }) => `  ${file}: ${plural(people, 'person', 'people')}`),
  ].join('\n');
