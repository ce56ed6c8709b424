import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runInChild } from '../test/child-process.ts';
import { fakeProgram } from '../test/fake-program.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { buildServer } from './build-server.ts';
import { serverFiles } from './server-files.ts';

/** A `go` whose build calls here and goes on when the call is answered. */
async function goThatCalls() {
  const builds: Socket[] = [];
  const calls = createServer((socket) => {
    socket.on('error', () => undefined);
    builds.push(socket);
    calls.emit('build');
  }).listen(0, '127.0.0.1');
  await once(calls, 'listening');
  onTestFinished(() => {
    for (const socket of builds) socket.destroy();
    calls.close();
  });
  // A TCP server that listens has an address of this kind.
  const { port } = calls.address() as AddressInfo;
  const folder = temporaryFolder();
  fakeProgram(
    folder,
    'go',
    `require('node:net').connect(${port}, '127.0.0.1').once('data', () => {
      const draft = process.argv[process.argv.indexOf('-o') + 1];
      require('node:fs').writeFileSync(draft, 'built', { mode: 0o755 });
      process.exit(0);
    }).on('error', () => process.exit(1)).on('close', () => process.exit(1));`,
  );
  return {
    folder,
    builds,
    async nextBuild() {
      await once(calls, 'build');
    },
  };
}

test('two processes that want the server at once build it once', async () => {
  const [go, cache, sources] = [await goThatCalls(), temporaryFolder(), temporaryFolder()];
  const args = [go.folder, cache, sources];
  const firstBuild = go.nextBuild();
  const first = runInChild('build-server-in-child.ts', args);
  expect(await first.nextLine()).toMatch(/^Building Temporal server/);
  await firstBuild;

  const second = runInChild('build-server-in-child.ts', args);
  expect(await second.nextLine()).toMatch(`Waiting for process ${first.child.pid} on`);
  go.builds[0]?.write('go on');

  const { built, folder } = serverFiles(cache, sources);
  const answer = JSON.stringify({ how: 'go', program: built });
  expect(await Promise.all([lastLine(first), second.nextLine()])).toEqual([answer, answer]);
  expect(go.builds).toHaveLength(1);
  expect(readdirSync(folder).toSorted()).toEqual(['build.lock', basename(built)]);
});

test('a build whose process was killed is taken over by the one that waits', async () => {
  const [go, cache, sources] = [await goThatCalls(), temporaryFolder(), temporaryFolder()];
  const args = [go.folder, cache, sources];
  const firstBuild = go.nextBuild();
  const first = runInChild('build-server-in-child.ts', args);
  await firstBuild;
  const second = runInChild('build-server-in-child.ts', args);
  expect(await second.nextLine()).toMatch('Waiting for process');

  const secondBuild = go.nextBuild();
  first.child.kill('SIGKILL');
  await secondBuild;
  go.builds[1]?.write('go on');
  expect(await lastLine(second)).toContain('"how":"go"');
});

test('a build that fails says what Go said and leaves no file of its own', async () => {
  const [path, cache, sources] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  fakeProgram(path, 'go', `console.error('module not found'); process.exit(1);`);
  const files = serverFiles(cache, sources);
  expect(await buildServer({ path, files, sources, onProgress: () => undefined })).toMatchObject({
    reason: '`go build` failed: module not found',
  });
  expect(readdirSync(files.folder)).toEqual(['build.lock']);
});

test('an older Go may fetch the toolchain that go.mod asks for', async () => {
  const [path, cache, sources] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  fakeProgram(path, 'go', `console.error(process.env.GOTOOLCHAIN); process.exit(1);`);
  const files = serverFiles(cache, sources);
  expect(await buildServer({ path, files, sources, onProgress: () => undefined })).toMatchObject({
    reason: '`go build` failed: auto',
  });
});

test('other Go sources mean another server', () => {
  const [cache, sources] = [join('/cache'), temporaryFolder()];
  const before = serverFiles(cache, sources).built;
  fakeProgram(sources, 'main.go', 'package main');
  expect(serverFiles(cache, sources).built).not.toBe(before);
});

/** The line after the one that says that it builds. */
async function lastLine(program: ReturnType<typeof runInChild>): Promise<string> {
  const line = await program.nextLine();
  return line.startsWith('{') ? line : lastLine(program);
}
