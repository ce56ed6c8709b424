/**
 * Locks a project's plans. An old plan is removed only on the word of a store that knows its people: a
 * developer's own store knows nobody of production.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lock, type LockReport } from '../../review/lock.ts';
import { openStore } from '../../store/open-store.ts';
import { StoreLockedError } from '../../store/store-locked-error.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { loadProject } from '../load-project.ts';
import { plural } from '../plural.ts';
import { dataFolder, plansFolder, storeFolder } from '../project-folders.ts';
import type { Terminal } from '../terminal.ts';
import { plansInUse } from './plans-in-use.ts';

export interface LockPlansOptions {
  readonly config: string;
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly prune?: boolean;
}

export interface PlansLocked extends LockReport {
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
  const inUse = check ? undefined : await knownPeople(directory, prune, terminal);
  const report = await lock({
    directory: plansFolder(directory),
    plans: [...project.plans.values()],
    inUse,
    dryRun,
  });
  const current = new Set([...project.plans.values()].map(({ id, hash }) => `${id}/${hash}`));
  const older = report.kept.filter((name) => !current.has(name));
  return { ...report, older, dryRun, peopleKnown: inUse !== undefined };
}

async function knownPeople(
  directory: string,
  prune: boolean,
  terminal: Terminal,
): Promise<ReadonlySet<string> | undefined> {
  const { DATABASE_URL: databaseUrl } = readEnvironment();
  const embedded = storeFolder(dataFolder(directory));
  if (databaseUrl === undefined && !(prune && existsSync(join(embedded, 'data')))) return undefined;
  try {
    const store = await openStore({
      databaseUrl,
      directory: embedded,
      onWait: terminal.progress,
    });
    try {
      return new Set((await plansInUse(store)).keys());
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreLockedError)) throw error;
    terminal.note('The store is in use by another process: every old plan is kept.');
    return undefined;
  }
}

/** For people. */
export function printLock({ written, older, removed, dryRun, peopleKnown }: PlansLocked): string {
  const list = (names: readonly string[]) => names.map((name) => `  plans/${name}.json`);
  const did = (done: string, would: string) => (dryRun ? would : done);
  return [
    ...(written.length === 0
      ? ['Every plan is locked.']
      : [
          `${plural(written.length, 'plan')} ${did('written', 'to be written')}:`,
          ...list(written),
          did('Commit plans/.', 'Run `cultivo lock` and commit plans/.'),
        ]),
    ...(removed.length === 0
      ? []
      : [
          `${plural(removed.length, 'plan')} ${did('removed', 'to be removed')}, nobody is in them:`,
        ]),
    ...list(removed),
    ...(older.length === 0
      ? []
      : [
          `${plural(older.length, 'older plan')} kept, ${peopleKnown ? 'people are in them' : KEPT}.`,
        ]),
  ].join('\n');
}

const KEPT = 'since people may be in them (with DATABASE_URL the store is asked)';
