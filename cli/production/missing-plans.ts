/** Plans that people are in and this deployment lacks. Those people wait in Temporal until it is deployed. */
import type { Plan } from '../../dsl/plan.ts';
import type { Store } from '../../store/store.ts';
import { plansInUse } from '../lock/plans-in-use.ts';
import { plural } from '../plural.ts';

export interface MissingPlan {
  /** The file to deploy. */
  readonly file: string;
  readonly people: number;
}

export async function missingPlans(
  store: Store,
  locked: readonly Plan[],
): Promise<readonly MissingPlan[]> {
  const known = new Set(locked.map(({ hash }) => hash));
  return [...(await plansInUse(store))]
    .filter(([hash]) => !known.has(hash))
    .map(([hash, { journey, people }]) => ({ file: `plans/${journey}/${hash}.json`, people }))
    .sort((a, b) => a.file.localeCompare(b.file));
}

/** For people. */
export const printMissing = (missing: readonly MissingPlan[]): string =>
  [
    'People are in plans that are not deployed. They wait, and go on when these are back from git and deployed:',
    ...missing.map(({ file, people }) => `  ${file}: ${plural(people, 'person', 'people')}`),
  ].join('\n');
