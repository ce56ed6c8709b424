/** Which plans people are in: those under way, whatever keeps them. Only a store knows. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UNDER_WAY } from '../../engine/run.ts';
import { openStore } from '../../store/open-store.ts';
import { StoreLockedError } from '../../store/store-locked-error.ts';
import type { Store } from '../../store/store.ts';
import { enrolments } from '../../store/tables/index.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { dataFolder, storeFolder } from '../load-project.ts';
import type { Terminal } from '../terminal.ts';

interface PlanInUse {
  readonly journey: string;
  readonly people: number;
}

/** By plan hash. */
export async function plansInUse(store: Store): Promise<ReadonlyMap<string, PlanInUse>> {
  const rows = await store.transaction((tx) =>
    tx.count(enrolments, ['plan', 'journey'], { status: UNDER_WAY }),
  );
  return new Map(rows.map(({ plan, journey, count }) => [plan, { journey, people: count }]));
}

/**
 * The hashes that a project's store knows to be in use; undefined where it cannot be asked.
 *
 * @param askEmbedded whether a developer's own store may answer: it knows nobody of production.
 */
export async function hashesInUse(
  directory: string,
  askEmbedded: boolean,
  terminal: Terminal,
): Promise<ReadonlySet<string> | undefined> {
  const { DATABASE_URL: databaseUrl } = readEnvironment();
  const embedded = storeFolder(dataFolder(directory));
  const isEmbedded = askEmbedded && existsSync(join(embedded, 'data'));
  if (databaseUrl === undefined && !isEmbedded) return undefined;
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
