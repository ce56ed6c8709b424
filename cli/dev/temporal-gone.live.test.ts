import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cliInChild } from '../../test/cli-in-child.ts';
import { smallProject } from '../../test/small-project.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';

/** Processes whose parent this one is. */
const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='])
    .toString()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));

const descendantsOf = (pid: number): number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);

const isServer = (pid: number): boolean =>
  /temporal/.test(execFileSync('ps', ['-o', 'args=', '-p', String(pid)]).toString());

test('dev ends, and says what to do, when its Temporal has ended', async () => {
  const cwd = temporaryFolder();
  smallProject(cwd);
  const dev = cliInChild(['dev', '--json', '--port', '0', '--ui-port', '0'], { cwd });
  await dev.nextLine();
  const servers = descendantsOf(dev.child.pid ?? 0).filter(isServer);
  expect(servers).not.toEqual([]);
  for (const pid of servers) process.kill(pid, 'SIGKILL');
  const { exitCode, stderr } = await dev.ended;
  expect(exitCode).toBe(2);
  expect(stderr).toContain('[temporal-gone]');
});
