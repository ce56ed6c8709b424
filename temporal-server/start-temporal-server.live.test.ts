import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { expect, onTestFinished, test } from 'vitest';
import { runInChild } from '../test/child-process.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { readEnvironment } from '../worker/environment.ts';
import { findServer } from './find-server.ts';
import { freePort } from './run-server.ts';
import { startServerProcess } from './server-process.ts';
import {
  startTemporalServer,
  type StartTemporalServerOptions,
  type TemporalServer,
} from './start-temporal-server.ts';

// These tests are about servers of their own, whatever the machine's environment names.
const environment = { ...readEnvironment(), TEMPORAL_ADDRESS: undefined };

async function start(options: Omit<StartTemporalServerOptions, 'environment'> = {}) {
  const server = await startTemporalServer({ environment, ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function clientOf(address: string, namespace: string): Promise<Client> {
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  return new Client({ connection, namespace });
}

test('a server starts with our search attributes and a web UI, and stops', async () => {
  const server = await start({ namespace: 'spring', uiPort: 0 });
  const client = await clientOf(server.address, server.namespace);
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
    namespace: 'spring',
  });
  expect(Object.keys(customAttributes).toSorted()).toEqual([
    'CultivoJourney',
    'CultivoLead',
    'CultivoStep',
  ]);
  expect((await fetch(String(server.uiUrl))).ok).toBe(true);

  await server.stop();
  const [host = '', port = ''] = server.address.split(':');
  const refused = createServer().listen(Number(port), host);
  await once(refused, 'listening');
  refused.close();
});

test('what is in a SQLite file is there after a restart, and the file is not shared', async () => {
  const file = join(temporaryFolder(), 'temporal.sqlite');
  const first = await start({ file });
  await expect(start({ file })).rejects.toMatchObject({ code: 'temporal-file-in-use' });
  const before = await clientOf(first.address, first.namespace);
  await before.workflow.start('welcome', { taskQueue: 'nobody', workflowId: 'run-1' });
  await first.stop();

  const second = await start({ file });
  const after = await clientOf(second.address, second.namespace);
  const { status, type } = await after.workflow.getHandle('run-1').describe();
  expect({ status: status.name, type }).toEqual({ status: 'RUNNING', type: 'welcome' });
});

test('a port in use is refused by name', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const error = { code: 'temporal-port-in-use', message: expect.stringContaining(String(port)) };
  await expect(start({ port })).rejects.toMatchObject(error);
  await expect(start({ uiPort: port })).rejects.toMatchObject(error);
});

test('a server that dies at its start says why', async () => {
  const folder = join(temporaryFolder(), 'not-a-file');
  mkdirSync(folder);
  await expect(start({ file: folder })).rejects.toMatchObject({
    code: 'temporal-server-died',
    message: expect.stringContaining('unable to open database file'),
  });
});

test('a server ends with the process that started it, even when that is killed', async () => {
  const program = runInChild('start-server-in-child.ts', []);
  const [host = '', port = ''] = (await program.nextLine()).split(':');
  const socket = connect(Number(port), host).on('error', () => undefined);
  await once(socket, 'connect');
  socket.resume();
  program.child.kill('SIGKILL');
  await once(socket, 'close');
});

test('a cluster of TEMPORAL_ADDRESS is used as it is, and goes on after stop', async () => {
  const cluster = await start();
  const server = await startTemporalServer({
    environment: { ...environment, TEMPORAL_ADDRESS: cluster.address },
  });
  expect(server).toMatchObject({ how: 'address', address: cluster.address, uiUrl: null });
  await server.stop();
  await clientOf(cluster.address, cluster.namespace);
});

test('a cluster without our search attributes is refused with the command that adds them', async () => {
  const found = await findServer({
    address: undefined,
    path: environment.PATH,
    cache: environment.CULTIVO_CACHE,
    onProgress: () => undefined,
  });
  const port = await freePort();
  const program = 'program' in found ? found.program : '';
  const args = ['server', 'start-dev', '--headless', '--log-level=error', `--port=${port}`];
  const bare = startServerProcess(program, [...args, '--search-attribute', 'CultivoLead=Keyword']);
  onTestFinished(() => bare.stop());
  await bare.started;

  const address = `127.0.0.1:${port}`;
  const error = await startTemporalServer({
    environment: { ...environment, TEMPORAL_ADDRESS: address },
  }).catch((reason: unknown) => reason);
  expect(String(error).replaceAll(address, 'cluster:7233')).toMatchInlineSnapshot(`
    "TemporalServerError: Temporal at cluster:7233, namespace "default": expected the search attributes CultivoJourney, CultivoLead, CultivoStep (Keyword), without CultivoJourney, CultivoStep. Register them once:
      temporal operator search-attribute create --address cluster:7233 --namespace default --name CultivoJourney --type Keyword --name CultivoStep --type Keyword
    [missing-search-attributes]"
  `);
});

test('workflows may skip time, unless the server is asked not to let them', async () => {
  expect(await startWithSkippedTime(await start())).toMatchObject({ runId: expect.any(String) });
  await expect(startWithSkippedTime(await start({ timeSkipping: false }))).rejects.toThrow(
    /time.?skipping/i,
  );
});

async function startWithSkippedTime({ address, namespace }: TemporalServer) {
  const { connection } = await clientOf(address, namespace);
  return connection.workflowService.startWorkflowExecution({
    namespace,
    requestId: 'request-1',
    workflowId: 'run-1',
    workflowType: { name: 'welcome' },
    taskQueue: { name: 'nobody' },
    timeSkippingConfig: { enabled: true },
  });
}
