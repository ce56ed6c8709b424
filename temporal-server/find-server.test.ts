import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeProgram } from '../test/fake-program.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { findServer, type FindServerOptions } from './find-server.ts';
import { serverFiles } from './server-files.ts';

/** Folders of a machine that has nothing and reaches nothing. */
function bareMachine() {
  const folder = temporaryFolder();
  const [path, cache, sources] = [join(folder, 'bin'), join(folder, 'cache'), join(folder, 'src')];
  for (const each of [path, sources]) mkdirSync(each);
  const script = fakeProgram(
    folder,
    'offline.mjs',
    `console.error('no network'); process.exit(1);`,
  );
  const options: FindServerOptions = {
    address: undefined,
    path,
    cache,
    sources,
    onProgress: () => undefined,
    download: { script },
  };
  return { folder, path, sources, options, files: serverFiles(cache, sources) };
}

const newCli = `console.log('temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)')`;
const downloads = (file: string) =>
  `import { writeFileSync } from 'node:fs'; writeFileSync('${file}', '', { mode: 0o755 });`;
const goBuilds = `const draft = process.argv[process.argv.indexOf('-o') + 1];
  require('node:fs').writeFileSync(draft, '', { mode: 0o755 });`;

test('each way is taken where those before it give no server', async () => {
  const { folder, path, options, files } = bareMachine();
  fakeProgram(path, 'go', goBuilds);
  expect(await findServer(options)).toEqual({ how: 'go', program: files.built });
  expect(await findServer(options)).toEqual({ how: 'cache', program: files.built });

  const script = fakeProgram(folder, 'online.mjs', downloads(files.downloaded));
  const elsewhere = { ...options, cache: join(folder, 'cache-2') };
  const there = serverFiles(elsewhere.cache, String(options.sources));
  const online = fakeProgram(folder, 'online-2.mjs', downloads(there.downloaded));
  expect(await findServer({ ...elsewhere, download: { script: online } })).toEqual({
    how: 'download',
    program: there.downloaded,
  });
  expect(await findServer({ ...options, download: { script } })).toMatchObject({ how: 'cache' });

  const cli = fakeProgram(path, 'temporal', newCli);
  expect(await findServer(options)).toEqual({ how: 'path', program: cli });
  expect(await findServer({ ...options, address: 'cluster:7233' })).toEqual({
    how: 'address',
    address: 'cluster:7233',
  });
});

test('a CLI that is too old is passed over', async () => {
  const { path, options } = bareMachine();
  fakeProgram(path, 'temporal', `console.log('temporal version 1.3.0 (Server 1.27.1, UI 2.36.0)')`);
  fakeProgram(path, 'go', goBuilds);
  expect(await findServer(options)).toMatchObject({ how: 'go' });
});

test('where nothing is found the error lists every way, its reason and its fix', async () => {
  const { folder, path, options } = bareMachine();
  const cli = fakeProgram(
    path,
    'temporal',
    `console.log('temporal version 1.3.0 (Server 1.27.1)')`,
  );
  const error = await findServer(options).catch((reason: unknown) => reason);
  const text = String(error)
    .replaceAll(cli, 'temporal')
    .replaceAll(folder, '')
    .replaceAll(`${process.platform}-${process.arch}`, 'platform');
  expect(text).toMatchInlineSnapshot(`
    "TemporalServerError: No Temporal server was found and none could be made; any one of these ways is enough:
      1. TEMPORAL_ADDRESS: not set. Set it to the host:port of a cluster that runs.
      2. \`temporal\` on the PATH: temporal is version 1.3.0, which is too old. Install Temporal CLI 1.9.1 or later: https://docs.temporal.io/cli
      3. copy in the cache: none in /cache/platform. Set CULTIVO_CACHE to a folder that has one; a download or a build leaves it there.
      4. download by the SDK: no network. Let this machine reach https://temporal.download (HTTPS_PROXY is respected).
      5. build from Go modules: no \`go\` on the PATH. Install Go 1.26.8 or later (https://go.dev/dl) and let it reach a module proxy (GOPROXY). [no-temporal-server]"
  `);
});

test('a network that never answers is given up after the time limit', async () => {
  const { folder, path, options } = bareMachine();
  fakeProgram(path, 'go', goBuilds);
  const script = fakeProgram(
    folder,
    'silent.mjs',
    `console.log('asking'); process.stdin.resume(); setInterval(() => {}, 1e6);`,
  );
  const download = { script, reachWithinMs: 1 };
  expect(await findServer({ ...options, download })).toMatchObject({ how: 'go' });
  const withoutGo = { ...options, path: '', cache: join(folder, 'other'), download };
  await expect(findServer(withoutGo)).rejects.toThrow('no answer within 0.001 s');
});
