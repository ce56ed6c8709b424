/** The twin on a benchmark's server: its own bundle and worker, and a touch that costs nothing. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { type BenchServer, benchServer } from '../bench-server.ts';
import type { TwinActivities, TwinInput } from './workflow.ts';

export interface TwinStage {
  readonly server: BenchServer;
  readonly worker: Worker;
  /** How many touches there were so far. */
  touches(): number;
  /** Starts a journey and answers with its workflow id. */
  start(touches: TwinInput['touches']): Promise<string>;
}

export interface TwinStageOptions {
  /** Starts workflows. Default: the server's client. */
  readonly client?: BenchServer['client'];
  /** Runs workflows in this isolate, where their heap can be measured. */
  readonly inThisIsolate?: boolean;
}

export async function twinStage({
  client,
  inThisIsolate = false,
}: TwinStageOptions = {}): Promise<TwinStage> {
  const server = await benchServer();
  const taskQueue = `twin-${randomUUID()}`;
  let done = 0;
  const activities: TwinActivities = {
    touch: async () => {
      done++;
    },
  };
  const worker = await Worker.create({
    connection: server.native,
    namespace: server.namespace,
    taskQueue,
    workflowBundle: await twinBundle(),
    activities,
    debugMode: inThisIsolate,
    shutdownGraceTime: 0,
  });
  return {
    server,
    worker,
    touches: () => done,
    start: async (touches) => {
      const workflowId = `twin/${randomUUID()}`;
      const lead = workflowId;
      await (client ?? server.client).workflow.start('twin', {
        workflowId,
        taskQueue,
        args: [{ lead, touches } satisfies TwinInput],
      });
      return workflowId;
    },
  };
}

let bundled: Promise<{ code: string }> | undefined;

export const twinBundle = (): Promise<{ code: string }> =>
  (bundled ??= bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  }));
