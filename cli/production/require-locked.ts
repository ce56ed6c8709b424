/** Production runs what was reviewed: every plan of now must be locked. */
import type { Plan } from '../../dsl/plan.ts';
import { plural } from '../plural.ts';

/** @throws Error [not-locked] that lists the plans. */
export function requireLocked(now: Iterable<Plan>, locked: readonly Plan[]): void {
  const known = new Set(locked.map(({ hash }) => hash));
  const missing = [...now].filter(({ hash }) => !known.has(hash));
  if (missing.length === 0) return;
  throw new Error(
    `Expected every plan to be locked, received ${plural(missing.length, 'plan')} that ${missing.length === 1 ? 'is' : 'are'} not:\n` +
      missing.map(({ id, hash }) => `  plans/${id}/${hash}.json\n`).join('') +
      'Run `cultivo lock`, commit plans/ and deploy that. [not-locked]',
  );
}
