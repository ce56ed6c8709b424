import { once } from 'node:events';
import fs, { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer, type Socket } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { person } from './contract/sample-rows.ts';
import { openStore } from './open-store.ts';
import { people } from './tables/index.ts';

describe('an embedded store in a directory', () => {
  let parent = '';
  beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'cultivo-store-'))));
  afterEach(() => rmSync(parent, { recursive: true }));

  test('keeps its rows, serves one opener at a time and unlocks when closed', async () => {
    const directory = join(parent, 'made', 'on demand');
    const waits: string[] = [];
    const store = await openStore({ directory, onWait: (what) => waits.push(what) });
    expect(waits).toEqual(['the embedded Postgres is starting']);
    await store.transaction((tx) => tx.add(people, [person('ana')]));
    await expect(openStore({ directory })).rejects.toMatchObject({
      code: 'store-locked',
      pid: process.pid,
      directory,
      message:
        `store directory ${directory}: expected to be its only user, but process ${process.pid} on ${hostname()} holds it. ` +
        'Stop that process, use another directory, or share a Postgres server through DATABASE_URL. [store-locked]',
    });
    await store.close();
    await store.close();
    const again = await openStore({ directory });
    expect(await again.transaction((tx) => tx.find(people, { id: 'ana' }))).toEqual([
      person('ana'),
    ]);
    await again.close();
  });

  test.skipIf(process.platform !== 'linux')(
    'has its log on the disk before it answers',
    async () => {
      const store = await openStore({ directory: join(parent, 'kept') });
      const really = fs.fsyncSync;
      const synced: string[] = [];
      vi.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
        synced.push(fs.readlinkSync(`/proc/self/fd/${descriptor}`));
        really(descriptor);
      });
      syncBuiltinESMExports();
      onTestFinished(() => {
        vi.restoreAllMocks();
        syncBuiltinESMExports();
        return store.close();
      });
      await store.transaction((tx) => tx.add(people, [person('ana')]));
      expect(synced).toContainEqual(expect.stringContaining(join('kept', 'data', 'pg_wal')));
    },
  );
});

describe('a server that cannot be used is refused with what to do', () => {
  test.each([
    ['mysql://ana:s3cret@db/app', 'store-url-invalid', /begins with mysql:/],
    ['ana:s3cret@db', 'store-url-invalid', /begins with|does not read/],
    ['', 'store-url-invalid', /does not read as one/],
    ['postgres://ana:12#s3cret@db/app', 'store-url-invalid', /Percent-encode/],
    ['postgres://ana:12/s3cret@db/app', 'store-url-invalid', /Percent-encode/],
    ['postgres://ana:12?s3cret@db/app', 'store-url-invalid', /Percent-encode/],
    ['postgres://ana:s3cret%@db/app', 'store-url-invalid', /Percent-encode/],
    ['postgres://ana:s3cret@nowhere.invalid/app', 'store-unreachable', /Correct its name/],
  ])('%s', async (databaseUrl, code, message) => {
    const error: unknown = await openStore({ databaseUrl }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/s3cret/);
  });

  test('where nothing listens', async () => {
    const { port, close } = await listen(() => undefined);
    await close();
    await expect(
      openStore({ databaseUrl: `postgres://ana:s3cret@127.0.0.1:${port}/app` }),
    ).rejects.toThrow(
      `DATABASE_URL: nothing listens at ana@127.0.0.1:${port}/app. ` +
        'Start the server or correct the address. [store-unreachable]',
    );
  });

  test.each([
    ['28P01', 'password authentication failed', 'store-login-refused', /Correct user and password/],
    ['3D000', 'database "app" does not exist', 'store-database-missing', /createdb/],
    ['53300', 'too many clients', 'store-unreachable', /max_connections/],
    ['42501', 'permission denied', 'store-not-permitted', /Grant it CREATE/],
    ['XX000', 'something else', 'store-failed', /something else/],
  ])('by the server itself: %s', async (sqlState, text, code, message) => {
    const { port, close } = await listen((socket) => socket.end(refusal(sqlState, text)));
    const databaseUrl = `postgres://ana:s3cret@127.0.0.1:${port}/app`;
    const error: unknown = await openStore({ databaseUrl }).catch((reason: unknown) => reason);
    await close();
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/s3cret/);
  });
});

/** A server that answers the first message of each connection. */
async function listen(answer: (socket: Socket) => void) {
  const server = createServer((socket) => socket.once('data', () => answer(socket)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return {
    port: address.port,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

/** ErrorResponse (PostgreSQL documentation, 53.7 Message Formats). */
function refusal(sqlState: string, text: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${text}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
