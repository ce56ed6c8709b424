/**
 * Brings the tables to this version. Migrations are imported, not read from disk, so a bundle has
 * them too; kysely holds an advisory lock, so processes that start together wait for each other.
 */
import { Migrator, type Migration } from 'kysely';
import * as firstTables from './migrations/0001-first-tables.ts';
import * as rowsSetAside from './migrations/0002-rows-set-aside.ts';
import * as pasts from './migrations/0003-pasts.ts';
import * as batchesCutAndSetAside from './migrations/0004-batches-cut-and-set-aside.ts';
import * as mergedRecords from './migrations/0005-merged-records.ts';
import * as localPipeline from './migrations/0006-local-pipeline.ts';
import * as whenPeopleWereMerged from './migrations/0007-when-people-were-merged.ts';
import * as localDeliveries from './migrations/0008-local-deliveries.ts';
import * as misfits from './migrations/0010-misfits.ts';
import * as laterInOrder from './migrations/0009-later-in-order.ts';
import type { Db } from './sql-table.ts';

/** Type id of `bigint`. Instants and counts stay far below 2^53, so plain numbers hold them. */
export const BIGINT = 20;

/** Names are recorded in the database: never renamed, never reordered, only added to. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-rows-set-aside': rowsSetAside,
  '0003-pasts': pasts,
  '0004-batches-cut-and-set-aside': batchesCutAndSetAside,
  '0005-merged-records': mergedRecords,
  '0006-local-pipeline': localPipeline,
  '0007-when-people-were-merged': whenPeopleWereMerged,
  '0008-local-deliveries': localDeliveries,
  '0009-later-in-order': laterInOrder,
  '0010-misfits': misfits,
};

export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableSchema: 'cultivo',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
