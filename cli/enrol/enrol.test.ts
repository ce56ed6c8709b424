import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callCli } from '../../test/call-cli.ts';
import { serveSmallIngest } from '../../test/serve-small-ingest.ts';
import type { EnrolSummary } from './enrol-people.ts';
import { enrolments, identities, people } from '../../store/tables/index.ts';

async function start(options: Parameters<typeof serveSmallIngest>[0] = {}) {
  const { world, url, folder, config } = await serveSmallIngest(options);
  const table = join(folder, 'leads.csv');
  return {
    world,
    enrol: (...more: string[]) =>
      callCli('enrol', 'welcome', '--url', url, '--config', config, ...more),
    csv: (...lines: string[]) => {
      writeFileSync(table, lines.join('\n'));
      return table;
    },
    runs: () => world.store.transaction((tx) => tx.find(enrolments, { journey: 'welcome' })),
  };
}

const summaryOf = (stdout: string): EnrolSummary => JSON.parse(stdout) as EnrolSummary;

test('leads of a table are identified and enrolled with what fits; the rest is named', async () => {
  const { csv, enrol, runs, world } = await start();
  const table = csv(
    'userId,name,email,employees',
    'u1,Ana,ana@example.com,20',
    'u2,Ben,ben@example.com,many',
    ',Cleo,cleo@example.com,',
    ',Dov,no address,3',
  );
  const first = await enrol('--csv', table);
  expect(first.exitCode).toBe(1);
  expect(first.stdout).toMatchInlineSnapshot(`
    "3 people identified.
    3 people entered welcome.
    1 value left out, its row goes on without it:
      row 3, employees: expected a number, received text
    1 bad one left out:
      row 5, email: expected an e-mail address, received text
    Correct these and call again; whoever is in the journey already is left as they are."
  `);
  expect(await runs()).toHaveLength(3);
  const known = await world.store.transaction((tx) => tx.find(people, {}));
  expect(known.map(({ profile }) => profile)).toEqual(
    expect.arrayContaining([
      { name: 'Ana', email: 'ana@example.com', employees: 20 },
      { name: 'Ben', email: 'ben@example.com' },
      { name: 'Cleo', email: 'cleo@example.com' },
    ]),
  );

  const again = summaryOf((await enrol('--csv', table, '--json')).stdout);
  expect(again).toMatchObject({ entered: 0, refused: { 'in-journey': 3 } });
  expect(await runs()).toHaveLength(3);
});

test('a dry run reads everything and sends nothing', async () => {
  const { csv, enrol, runs, world } = await start();
  const table = csv('name,email', 'Ana,ana@example.com', 'Ben,');
  const { exitCode, stdout } = await enrol('--csv', table, '--dry-run', '--json');
  expect(exitCode).toBe(1);
  expect(summaryOf(stdout)).toMatchObject({ dryRun: true, people: 1, entered: 0, identified: 0 });
  expect(summaryOf(stdout).bad[0]).toMatchObject({ row: 3, field: 'email' });
  expect(await runs()).toEqual([]);
  const known = { kind: 'email', value: 'ana@example.com' } as const;
  expect(await world.store.transaction((tx) => tx.find(identities, known))).toEqual([]);
});

test('more people than a batch holds', async () => {
  const { csv, enrol, runs } = await start();
  const rows = Array.from({ length: 1_101 }, (_, i) => `u${i},N${i},n${i}@example.com`);
  const { exitCode, stdout } = await enrol('--csv', csv('user id,name,email', ...rows), '--json');
  expect(exitCode).toBe(0);
  expect(summaryOf(stdout)).toMatchObject({ people: 1_101, identified: 1_101, entered: 1_101 });
  expect(await runs()).toHaveLength(1_101);
});

test('users are enrolled by name; unknown ones are named', async () => {
  const { csv, enrol } = await start();
  await enrol('--csv', csv('userId,name,email', 'u1,Ana,ana@example.com'));
  const { exitCode, stdout } = await enrol('--user', 'u1', '--user', 'u9');
  expect(exitCode).toBe(1);
  expect(stdout).toMatchInlineSnapshot(`
    "0 people entered welcome.
    1 person refused: in-journey (they are in it already).
    1 bad one left out:
      --user, userId: expected somebody who is known, received u9
    Correct these and call again; whoever is in the journey already is left as they are."
  `);
});

test('the key is needed where ingest has one', async () => {
  const { enrol } = await start({ adminKey: 'secret', writeKey: 'other' });
  const refused = await enrol('--user', 'u1');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('[wrong-key]');
  expect(refused.stderr).not.toContain('secret');
  expect((await enrol('--user', 'u1', '--key', 'secret', '--json')).stdout).toContain('u1');
});

test('a journey or a file that is not there', async () => {
  const { enrol } = await start();
  expect((await enrol('--csv', 'nowhere.csv')).stderr).toContain('[file-missing]');
  const { url } = await serveSmallIngest();
  const { exitCode, stderr } = await callCli('enrol', 'x', '--user', 'u', '--url', url);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('(welcome)');
});

test('one person in several rows is one; Latin-1 and consents to nothing are said', async () => {
  const { csv, enrol, runs, world } = await start();
  const table = csv(
    'userId,name,email,employees',
    'u1,Ana,ana@example.com,20',
    'u2,Ben,ben@example.com,3',
    'u1,Ana,ana@example.com,40',
  );
  const done = await enrol('--csv', table);
  expect(done.stdout).toContain('2 people entered welcome.');
  expect(done.stderr).toContain('Rows 2, 4 are one person.');
  expect(await runs()).toHaveLength(2);
  const known = await world.store.transaction((tx) => tx.find(people, {}));
  expect(known.find(({ profile }) => profile['name'] === 'Ana')?.profile['employees']).toBe(40);

  writeFileSync(table, Buffer.from('userId,name,email\nu3,Jos\xe9,jose@example.com\n', 'latin1'));
  const latin = await enrol('--csv', table);
  expect(latin.stderr).toContain('is no UTF-8: it was read as Latin-1');
  const all = await world.store.transaction((tx) => tx.find(people, {}));
  expect(all.map(({ profile }) => profile['name'])).toContain('José');

  const odd = await enrol('--csv', csv('userId,email,consent:newz', 'u4,d@example.com,yes'));
  expect(odd.stdout).toContain('expected a topic: news (did you mean news?), received newz');
});
