/** A Postgres server that writes to the disk before it answers: what it has acknowledged outlives it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBinaries, unprivilegedUser } from '../postgres-programs.ts';
import type { Guard } from './guard.ts';
import { Service } from './service.ts';

export interface PostgresOptions {
  readonly folder: string;
  readonly port: number;
  readonly guard: Guard;
}

export async function startPostgres({ folder, port, guard }: PostgresOptions): Promise<Service> {
  const binaries = findBinaries();
  if (binaries === null)
    throw new Error('Soak: expected initdb in /usr/lib/postgresql/*/bin or PATH, found none.');
  const user = unprivilegedUser();
  const home = join(folder, 'postgres');
  mkdirSync(home);
  if (user !== null) chownSync(home, user.uid, user.gid);
  chmodSync(home, 0o700);
  const data = join(home, 'data');
  const made = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { cwd: home, encoding: 'utf8', ...user },
  );
  if (made.status !== 0) throw new Error(`Soak: initdb failed: ${made.stderr}`);
  const service = new Service({
    name: 'postgres',
    program: join(binaries, 'postgres'),
    args: ['-D', data, '-k', home, '-p', `${port}`, '-c', 'listen_addresses=127.0.0.1'],
    user,
    serves: /ready to accept connections/,
    folder,
    guard,
  });
  await service.start();
  return service;
}
