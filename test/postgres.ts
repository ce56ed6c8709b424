/**
 * A real Postgres for tests: the server of `TEST_DATABASE_URL`, or a cluster of its own in a
 * temporary directory. A shell between us and the server stops and deletes it when our end of its
 * input closes, which happens however this process ends.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import pg from 'pg';
import { freePort } from '../temporal-server/run-server.ts';
import { findBinaries, unprivilegedUser } from './postgres-programs.ts';

export interface TestPostgres {
  /** An empty database of its own: its URL. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Why no Postgres can be had here; null where one can. Meant for the names of skipped suites. */
export const postgresMissing: string | null =
  process.env['TEST_DATABASE_URL'] !== undefined || findBinaries() !== null
    ? null
    : 'no initdb in /usr/lib/postgresql/*/bin or PATH, and no TEST_DATABASE_URL';

/** Starts one, in about two seconds; stop it in `afterAll`. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return databasesOf(given, async () => undefined);
  const binaries = findBinaries();
  if (binaries === null) throw new Error(`Postgres: ${postgresMissing}`);
  const port = await freePort();
  const server = startCluster(binaries, port);
  await untilReady(server);
  return databasesOf(`postgres://postgres@127.0.0.1:${port}/postgres`, async () => {
    const ended = once(server, 'exit');
    server.stdin?.end();
    await ended;
  });
}

const CLUSTER = `
  "$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$2/log" 2>&1 || { cat "$2/log" >&2; exit 1; }
  "$1/postgres" -D "$2/data" -k "$2" -p "$3" -c listen_addresses=127.0.0.1 -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB </dev/null >>"$2/log" 2>&1 &
  server=$!
  trap '' INT TERM HUP
  until "$1/pg_isready" -q -h 127.0.0.1 -p "$3"; do
    kill -0 $server 2>/dev/null || { cat "$2/log" >&2; exit 1; }
  done
  echo ready
  cat >/dev/null
  kill -QUIT $server
  wait $server
  cd / && rm -rf "$2"
`;

function startCluster(binaries: string, port: number): ChildProcess {
  const directory = mkdtempSync(join(tmpdir(), 'cultivo-postgres-'));
  const user = unprivilegedUser();
  if (user) chownSync(directory, user.uid, user.gid);
  chmodSync(directory, 0o700);
  return spawn('sh', ['-c', CLUSTER, 'sh', binaries, directory, String(port)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: '/',
    // A group of its own: an interrupt at the terminal must leave the shell alive to clean up.
    detached: true,
    ...user,
  });
}

async function untilReady(server: ChildProcess): Promise<void> {
  let errors = '';
  server.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    server.stdout?.once('data', () => resolve());
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Postgres did not start: ${errors}`)));
  });
  // The pipes must not keep a finished test process alive.
  server.unref();
}

function databasesOf(adminUrl: string, stopServer: () => Promise<void>): TestPostgres {
  const made: string[] = [];

  async function administer(statements: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  return {
    async createDatabase() {
      const name = `cultivo_test_${randomBytes(6).toString('hex')}`;
      await administer([`create database ${name}`]);
      made.push(name);
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    async stop() {
      if (process.env['TEST_DATABASE_URL'] !== undefined) {
        await administer(made.map((name) => `drop database if exists ${name} with (force)`));
      }
      await stopServer();
    },
  };
}
