/** Each check says what is wrong and what to do, and none keeps the others from it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { callCli } from '../../test/call-cli.ts';
import { smallProject } from '../../test/small-project.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { adminKeyCheck, portCheck, vendorsCheck, writeKeyCheck } from './access.ts';
import type { Check, Place } from './check.ts';
import { cultivoCheck, nodeCheck, typescriptCheck, zodCheck } from './packages.ts';
import { lockCheck, publicUrlCheck } from './project.ts';
import { runChecks } from './run-checks.ts';
import { judged } from './services.ts';
import { ofCluster, temporalCheck } from './temporal.ts';
import { doctor } from './doctor.ts';
import { installedPackage } from '../installed-package.ts';
import { loadProject } from '../load-project.ts';

const bare: Place = {
  directory: tmpdir(),
  environment: readEnvironment({}),
  project: undefined,
  problems: {},
  port: 0,
};
const inEnvironment = (variables: NodeJS.ProcessEnv): Place => ({
  ...bare,
  environment: readEnvironment(variables),
});

/** A folder whose packages are of these versions. */
function withPackages(versions: { readonly [name: string]: string }): Place {
  const directory = temporaryFolder();
  for (const [name, version] of Object.entries(versions)) {
    mkdirSync(join(directory, 'node_modules', name), { recursive: true });
    const manifest = JSON.stringify({ name, version });
    writeFileSync(join(directory, 'node_modules', name, 'package.json'), manifest);
  }
  return { ...bare, directory };
}

const LONG = 'a'.repeat(32);
const OWN_ZOD = installedPackage('zod', import.meta.dirname)?.version ?? '';
const DEPLOYED = { TEMPORAL_ADDRESS: 'temporal:7233', DATABASE_URL: 'postgres://db/x' };

test.each<[string, Check, Place | (() => Place), string, RegExp]>([
  ['an old Node', nodeCheck('20.18.1'), bare, 'failure', /20\.19 or later, received 20\.18\.1/],
  ['a new Node', nodeCheck('24.1.0'), bare, 'ok', /24\.1\.0/],
  [
    'an old TypeScript',
    typescriptCheck,
    () => withPackages({ typescript: '5.7.3' }),
    'failure',
    /5\.8/,
  ],
  ['TypeScript 7', typescriptCheck, () => withPackages({ typescript: '7.0.2' }), 'ok', /7\.0\.2/],
  ['no TypeScript', typescriptCheck, bare, 'skipped', /nothing checks types/],
  ['an old zod', zodCheck(), () => withPackages({ zod: '3.24.0' }), 'failure', /\[zod-too-old\]/],
  ['two zods', zodCheck(), () => withPackages({ zod: '4.0.1' }), 'warning', /\[zod-twice\]/],
  [
    'two copies of one zod',
    zodCheck(),
    () => withPackages({ zod: OWN_ZOD }),
    'warning',
    /Two copies of/,
  ],
  [
    'a deployment without a write key',
    writeKeyCheck,
    inEnvironment({ ...DEPLOYED }),
    'failure',
    /does not start/,
  ],
  [
    'another Cultivo',
    cultivoCheck,
    () => withPackages({ cultivo: '9.0.0' }),
    'warning',
    /has 9\.0\.0/,
  ],
  ['a short write key', writeKeyCheck, inEnvironment({ CULTIVO_WRITE_KEY: 'abc' }), 'warning', /3/],
  ['a write key', writeKeyCheck, inEnvironment({ CULTIVO_WRITE_KEY: LONG }), 'ok', /Set/],
  [
    'no admin key beside a write key',
    adminKeyCheck,
    inEnvironment({ CULTIVO_WRITE_KEY: LONG }),
    'warning',
    /nobody enrols/,
  ],
  [
    'one key for both',
    adminKeyCheck,
    inEnvironment({ CULTIVO_WRITE_KEY: LONG, CULTIVO_ADMIN_KEY: LONG }),
    'failure',
    /is the write key/,
  ],
  [
    'a Temporal that is not there',
    temporalCheck(200),
    inEnvironment({ TEMPORAL_ADDRESS: '127.0.0.1:9' }),
    'failure',
    /Nothing answers as Temporal at 127\.0\.0\.1:9/,
  ],
])('%s', async (_, check, place, state, says) => {
  const there = typeof place === 'function' ? place() : place;
  const [found] = await runChecks([check], there, 5_000);
  expect(found).toMatchObject({ state, says: expect.stringMatching(says) });
  if (state === 'failure') expect(found?.fix ?? found?.says).toMatch(/Install|npm|Make|Start/);
});

const SERVER = {
  target: 'me@db:5432/x',
  version: '15.8 (Debian 15.8-0)',
  aheadMs: 3,
  isPooled: false,
  isReplica: false,
  mayCreate: true,
  tables: 'current',
} as const;

test.each([
  ['as it should be', {}, 'ok', 'tables of this version'],
  ['new', { tables: 'none' }, 'ok', 'no tables yet'],
  ['too old', { version: '12.9' }, 'failure', '13 or later'],
  ['changed by a later version', { tables: 'newer' }, 'failure', 'later Cultivo'],
  ['not ours to create in', { tables: 'none', mayCreate: false }, 'failure', 'may not create'],
  ['behind a pooler', { isPooled: true }, 'failure', 'pooler'],
  ['a replica', { isReplica: true }, 'failure', 'takes no writes'],
  ['ahead of us', { aheadMs: 61_000 }, 'warning', '61000 ms ahead of'],
  ['behind us', { aheadMs: -61_000 }, 'warning', '61000 ms behind'],
] as const)('a database that is %s', (_, change, state, says) => {
  expect(judged({ ...SERVER, ...change })).toMatchObject({
    state,
    says: expect.stringContaining(says),
  });
});

test.each([
  ['does not answer', { is: 'unreachable', why: 'no connection' }, 'failure', 'Start it'],
  ['lets nobody in', { is: 'refused', why: 'bad key' }, 'failure', 'TEMPORAL_API_KEY'],
  [
    'lacks the namespace',
    { is: 'no-namespace' },
    'failure',
    'temporal operator namespace create --address t:7233 --namespace leads --retention 30d',
  ],
  [
    'lacks attributes',
    { is: 'reached', retentionDays: 3, missing: ['CultivoStep'] },
    'failure',
    'search-attribute create --address t:7233 --namespace leads --name CultivoStep --type Keyword',
  ],
  ['hides attributes', { is: 'reached', retentionDays: 3, missing: null }, 'warning', 'this key'],
  [
    'forgets at once',
    { is: 'reached', retentionDays: 0.5, missing: [] },
    'warning',
    'namespace update --address t:7233 --namespace leads --retention 30d',
  ],
] as const)('a Temporal that %s', (_, seen, state, fix) => {
  const found = ofCluster(seen, { address: 't:7233' }, 'leads');
  expect(found).toMatchObject({ state, fix: expect.stringContaining(fix) });
});

test('a Temporal of an account is told without the key', () => {
  const connect = { address: 't:7233', apiKey: 'topsecret', tls: true as const };
  const found = ofCluster(
    { is: 'reached', retentionDays: 3, missing: ['CultivoStep'] },
    connect,
    'n',
  );
  expect(found.fix).toContain('--tls --api-key "$TEMPORAL_API_KEY"');
  expect(JSON.stringify(found)).not.toContain('topsecret');
});

test('a check that throws, and one that never ends, are found to; the others are done', async () => {
  const found = await runChecks(
    [
      { name: 'throws', look: () => Promise.reject(new Error('It broke.')) },
      { name: 'hangs', look: () => new Promise(() => undefined) },
      nodeCheck('24.0.0'),
    ],
    bare,
    50,
  );
  expect(found.map(({ check, state }) => [check, state])).toEqual([
    ['throws', 'failure'],
    ['hangs', 'failure'],
    ['Node', 'ok'],
  ]);
});

describe('a port', () => {
  const serve = async (body: string): Promise<Place> => {
    const server = createServer((_, answer) => answer.end(body)).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await vi.waitFor(() => expect(server.listening).toBe(true));
    return { ...bare, port: (server.address() as AddressInfo).port };
  };
  test('is free, a Cultivo’s, or somebody else’s', async () => {
    const states = [];
    for (const place of [bare, await serve('{"status":"ok"}'), await serve('hello')])
      states.push((await portCheck(2_000).look(place)).state);
    expect(states).toEqual(['ok', 'ok', 'warning']);
  });
});

describe('a project', () => {
  const changed = async (change: object): Promise<Place> => {
    const { project } = await loadProject(smallProject(temporaryFolder()));
    return { ...bare, project: { ...project, config: { ...project.config, ...change } } };
  };
  test('that sends through Resend without its key, and with a strange one', async () => {
    const place = await changed({ messaging: { email: { vendor: 'resend' } } });
    expect(await vendorsCheck.look(place)).toMatchObject({
      state: 'failure',
      says: expect.stringContaining('RESEND_API_KEY'),
    });
    const strange = { ...place, environment: readEnvironment({ RESEND_API_KEY: 'sk_live_123' }) };
    const found = await vendorsCheck.look(strange);
    expect(found.state).toBe('warning');
    expect(JSON.stringify(found)).not.toContain('sk_live_123');
  });

  test('whose plans are not locked may run here, and is not to be deployed', async () => {
    const place = { ...(await changed({})), directory: temporaryFolder() };
    expect(await lockCheck.look(place)).toMatchObject({ state: 'warning' });
    const deployed = { ...place, environment: readEnvironment(DEPLOYED) };
    expect(await lockCheck.look(deployed)).toMatchObject({ state: 'failure' });
  });

  test('whose links lead nowhere, or are not safe', async () => {
    const at = (publicUrl: string) => changed({ brand: { publicUrl } });
    const look = async (url: string) => publicUrlCheck(500).look(await at(url));
    expect(await look('in.example')).toMatchObject({ state: 'failure' });
    expect(await look('http://in.example')).toMatchObject({ state: 'failure' });
    expect(await look('https://127.0.0.1:9')).toMatchObject({ state: 'warning' });
  });
});

describe('the command', () => {
  test('without zod says that, and looks at what can be looked at', async () => {
    const found = await doctor({ config: 'cultivo.config.ts' }, temporaryFolder());
    expect(found.map(({ check, state }) => [check, state])).toEqual([
      ['Node', 'ok'],
      ['TypeScript', 'ok'],
      ['zod', 'failure'],
      ['Cultivo', 'ok'],
    ]);
    expect(found[2]?.says).toContain('npm install zod@4');
  });

  test('says all of a project at once, in JSON too, and ends with 1 where something fails', async () => {
    const config = smallProject(temporaryFolder());
    const { exitCode, stdout } = await callCli('doctor', '--config', config, '--json');
    const { checks } = JSON.parse(stdout) as { checks: { check: string; state: string }[] };
    expect(checks).toHaveLength(16);
    expect(checks).toContainEqual(expect.objectContaining({ check: 'plans', state: 'warning' }));
    expect(exitCode).toBe(0);

    const text = await callCli('doctor', '--config', config);
    expect(text.stdout).toContain('Run `cultivo lock` and commit plans/.');
    const none = await callCli('doctor', '--config', join(temporaryFolder(), 'gone.ts'));
    expect(none.exitCode).toBe(1);
    expect(none.stdout).toContain('[config-missing]');
  });

  test('a wrong variable does not hide the rest, and no secret is shown', async () => {
    vi.stubEnv('PORT', '99x');
    vi.stubEnv('CULTIVO_WRITE_KEY', 'topsecret');
    const { exitCode, stdout } = await callCli(
      'doctor',
      '--config',
      smallProject(temporaryFolder()),
    );
    vi.unstubAllEnvs();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('PORT: expected a port');
    expect(stdout).toMatch(/ok +project: 1 journey/);
    expect(stdout).not.toContain('topsecret');
  });
});
