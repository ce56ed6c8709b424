import { randomUUID } from 'node:crypto';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { callCli } from '../../test/call-cli.ts';
import { cliInChild } from '../../test/cli-in-child.ts';
import { postgresMissing, startPostgres } from '../../test/postgres.ts';
import { smallProject } from '../../test/small-project.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import type { Serving } from './run-production.ts';

test.skipIf(postgresMissing !== null)(
  'a deployment serves locked plans, drains when it is asked to, and names the plans that it lacks',
  async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const { address, namespace } = inject('temporalServer');
    const env = {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      DATABASE_URL: await postgres.createDatabase(),
      CULTIVO_WRITE_KEY: 'for-senders',
      CULTIVO_ADMIN_KEY: 'secret',
    };
    const deployed = temporaryFolder();
    await callCli('lock', '--config', smallProject(deployed));
    const queue = `worker-${randomUUID()}`;
    const serve = async (cwd: string) => {
      const args = ['worker', '--json', '--port', '0', '--task-queue', queue];
      const worker = cliInChild(args, { cwd, env });
      return { ...worker, serving: JSON.parse(await worker.nextLine()) as Serving };
    };

    const worker = await serve(deployed);
    expect(worker.serving).toMatchObject({ taskQueue: queue, plans: 1, missing: [] });
    const call = (...args: string[]) =>
      callCli(...args, '--url', worker.serving.ingest, '--key', 'secret', '--json');
    await call('track', 'Trial Started', '--user', 'ana');
    await vi.waitFor(
      async () => expect((await call('status')).stdout).toContain('"step":"wait:3d"'),
      { timeout: 30_000, interval: 100 },
    );
    const { ingest } = worker.serving;
    const ready = await fetch(`${ingest}/readyz`);
    expect(await ready.json()).toEqual({ ready: true, store: 'ok', temporal: 'ok' });
    const authorization = `Basic ${Buffer.from('secret:').toString('base64')}`;
    const metrics = await (await fetch(`${ingest}/metrics`, { headers: { authorization } })).text();
    expect(metrics).toContain('cultivo_people{journey="welcome",status="live"} 1');
    expect(metrics).toContain('cultivo_entries_total{journey="welcome"} 1');
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toMatchObject({ exitCode: 0 });

    const edited = temporaryFolder();
    await callCli('lock', '--config', smallProject(edited, { waitDays: 5 }));
    const later = await serve(edited);
    expect(later.serving.missing).toEqual([
      { file: expect.stringMatching(/^plans\/welcome\/[\da-f]{16}\.json$/), people: 1 },
    ]);
    later.child.kill('SIGTERM');
    const { exitCode, stderr } = await later.ended;
    expect(exitCode).toBe(0);
    expect(stderr).toContain('People are in plans that are not deployed');
  },
);
