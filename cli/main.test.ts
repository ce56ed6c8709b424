import { expect, test } from 'vitest';
import { cliInChild } from '../test/cli-in-child.ts';
import { smallProject } from '../test/small-project.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';

test('exit codes: 0 and an answer, 1 for wrong use, 2 for a fault', async () => {
  const cwd = temporaryFolder();
  smallProject(cwd);
  const graph = cliInChild(['graph', 'welcome'], { cwd });
  expect(await graph.nextLine()).toMatch(/^welcome [\da-f]{16}$/);
  expect(await graph.ended).toEqual({ exitCode: 0, stderr: '' });
  const wrong = await cliInChild(['graph', 'other'], { cwd }).ended;
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stderr).toContain('[unknown-journey]');
  const fault = await cliInChild(['status', '--url', 'http://127.0.0.1:9'], { cwd }).ended;
  expect(fault.exitCode).toBe(2);
});

test('production without its cluster and database says what is missing', async () => {
  const cwd = temporaryFolder();
  smallProject(cwd);
  const both = await cliInChild(['worker'], { cwd }).ended;
  expect(both.exitCode).toBe(1);
  expect(both.stderr).toMatch(/TEMPORAL_ADDRESS.*\nDATABASE_URL.*\nCULTIVO_WRITE_KEY.*\nSet them/);
});

test('production without locked plans lists them', async () => {
  const cwd = temporaryFolder();
  smallProject(cwd);
  // Neither is reached: the plans come first.
  const env = {
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    DATABASE_URL: 'postgres://127.0.0.1:9/none',
    CULTIVO_WRITE_KEY: 'secret',
  };
  const { exitCode, stderr } = await cliInChild(['worker'], { cwd, env }).ended;
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/ {2}plans\/welcome\/[\da-f]{16}\.json\nRun `cultivo lock`/);
});

test('LOG_LEVEL=debug shows where an error happened', async () => {
  const cwd = temporaryFolder();
  const env = { LOG_LEVEL: 'debug' };
  const { exitCode, stderr } = await cliInChild(['graph', 'x'], { cwd, env }).ended;
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^\s+at /m);
});
