import { describe, expect, test } from 'vitest';
import { callCli } from '../test/call-cli.ts';
import { smallProject } from '../test/small-project.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { createProgram } from './run-cli.ts';

const nobody = {
  print: () => undefined,
  note: () => undefined,
  progress: () => undefined,
  exitWith: () => undefined,
};
const commands = createProgram(nobody).commands.map((command) => command.name());

describe('help', () => {
  test.each(commands)('of %s says how it is used, with examples', async (name) => {
    const { exitCode, stdout, stderr } = await callCli(name, '--help');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`Usage: cultivo ${name}`);
    expect(stdout).toContain('--config <file>');
    expect(stdout).toMatch(new RegExp(`Examples:\n.*cultivo ${name}`));
  });

  test('of the whole lists every command', async () => {
    const { stdout } = await callCli('--help');
    for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });
});

test('help for a command that there is not names those that there are', async () => {
  const { exitCode, stderr } = await callCli('help', 'statsu');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/received "statsu"\. Did you mean status\? \[unknown-command\]/);
});

describe('wrong use', () => {
  test.each([
    { args: [], says: 'Usage: cultivo' },
    { args: ['grph'], says: 'Did you mean graph' },
    { args: ['graph'], says: "missing required argument 'journey'" },
    { args: ['dev', '--port', '99999'], says: 'from 0 (any) to 65535' },
    { args: ['enrol', 'welcome'], says: '[nobody-given]' },
    { args: ['enrol', 'welcome', '--user', 'u', '--url', 'here'], says: '[invalid-url]' },
    { args: ['track', 'Trial Started'], says: '[invalid-arguments]' },
    { args: ['track', 'E', '--user', 'u', '--file', 'f'], says: '[invalid-arguments]' },
    { args: ['track', 'E', '--user', 'u', '--properties', '{x}'], says: '[invalid-properties]' },
    { args: ['track', 'E', '--user', 'u', '--at', 'noon'], says: '[invalid-instant]' },
    { args: ['graph', 'welcome', '--config', 'nowhere.ts'], says: '[config-missing]' },
  ])('$args ends with 1 and says what to do', async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await callCli(...args);
    expect(stderr).toContain(says);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('is one JSON document for programs', async () => {
    const { exitCode, stdout } = await callCli('graph', 'x', '--json', '--config', 'nowhere.ts');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'config-missing' } });
  });
});

test('a fault ends with 2; the place of an error is shown when it is asked for', async () => {
  // Nothing listens on the port of the discard service.
  const args = ['status', '--url', 'http://127.0.0.1:9'];
  const plain = await callCli(...args);
  expect(plain).toMatchObject({ exitCode: 2, stdout: '' });
  expect(plain.stderr).toMatch(/`cultivo dev`.*\[ingest-unreachable\]$/);
  const traced = await callCli(...args, '--trace');
  expect(traced.stderr).toMatch(/^\s+at /m);
  expect(traced.stderr).toContain('caused by');
});

describe('graph', () => {
  test('prints a plan as text, as Mermaid and as JSON', async () => {
    const config = smallProject(temporaryFolder());
    const graph = (...more: string[]) => callCli('graph', 'welcome', '--config', config, ...more);
    expect((await graph()).stdout).toContain('email:first: email first → wait:3d');
    expect((await graph('--format', 'mermaid')).stdout).toMatch(/^flowchart TD/);
    const json = JSON.parse((await graph('--json')).stdout);
    expect(json).toMatchObject({ id: 'welcome', start: 'email:first' });
    expect(JSON.parse((await graph('--format', 'json')).stdout)).toEqual(json);
  });

  test('an unknown journey is answered with those there are', async () => {
    const config = smallProject(temporaryFolder());
    const { exitCode, stderr } = await callCli('graph', 'x', '--config', config);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Journey "x": expected one of welcome');
  });
});
