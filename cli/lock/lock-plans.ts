/** Locks a project's plans. An old plan is removed only where a store that knows its people says that nobody is in it. */
import { lock, type LockReport } from '../../review/lock.ts';
import { linesIf, plural } from '../answer.ts';
import { loadProject, plansFolder } from '../load-project.ts';
import type { Globals } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { hashesInUse } from './plans-in-use.ts';

export interface LockPlansOptions extends Globals {
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly prune?: boolean;
}

interface PlansLocked extends LockReport {
  /** Those of `kept` that are not current plans. */
  readonly older: readonly string[];
  /** Whether files were left as they are. */
  readonly dryRun: boolean;
  /** Whether a store said which old plans people are in; if not, all are kept. */
  readonly peopleKnown: boolean;
}

export async function lockPlans(
  { config, check = false, dryRun = check, prune = false }: LockPlansOptions,
  terminal: Terminal,
): Promise<PlansLocked> {
  const { project, directory } = await loadProject(config);
  for (const line of project.advice) terminal.note(line);
  // What is not locked yet does not depend on people.
  const inUse = check ? undefined : await hashesInUse(directory, prune, terminal);
  const plans = [...project.plans.values()];
  const report = await lock({ directory: plansFolder(directory), plans, inUse, dryRun });
  const current = new Set(plans.map(({ id, hash }) => `${id}/${hash}`));
  const older = report.kept.filter((name) => !current.has(name));
  return { ...report, older, dryRun, peopleKnown: inUse !== undefined };
}

/** For people. */
export function printLock({ written, older, removed, dryRun, peopleKnown }: PlansLocked): string {
  const list = (names: readonly string[]) => names.map((name) => `  plans/${name}.json`);
  const did = (done: string, would: string) => (dryRun ? would : done);
  return [
    ...linesIf(written.length === 0, 'Every plan is locked.'),
    ...linesIf(
      written.length > 0,
      `${plural(written.length, 'plan')} ${did('written', 'to be written')}:`,
      ...list(written),
      did('Commit plans/.', 'Run `cultivo lock` and commit plans/.'),
    ),
    ...linesIf(
      removed.length > 0,
      `${plural(removed.length, 'plan')} ${did('removed', 'to be removed')}, nobody is in them:`,
      ...list(removed),
    ),
    ...linesIf(
      older.length > 0,
      `${plural(older.length, 'older plan')} kept, ${peopleKnown ? 'people are in them' : KEPT}.`,
    ),
  ].join('\n');
}

const KEPT = 'since people may be in them (with DATABASE_URL the store is asked)';
