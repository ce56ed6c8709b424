/** The twin on a benchmark's server: its own bundle and worker, and a touch that costs nothing. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { atMost } from '../../activities/lanes/pacer.ts';
import { DAY_MS } from '../../dsl/duration.ts';
import { type BenchServer, benchServer } from '../bench-stage.ts';
import { type Rate, rateOf, TOUCHES } from '../touches.ts';
import type { TwinActivities, TwinInput } from './workflow.ts';

export interface TwinStageOptions {
  /** Starts workflows. Default: the server's client. */
  readonly client?: BenchServer['client'];
  /** Runs workflows in this isolate, where their heap can be measured. */
  readonly inThisIsolate?: boolean;
}

export async function twinStage({ client, inThisIsolate = false }: TwinStageOptions = {}) {
  const server = await benchServer();
  const taskQueue = `twin-${randomUUID()}`;
  let done = 0;
  const activities: TwinActivities = { touch: async () => void done++ };
  const worker = await Worker.create({
    connection: server.native,
    namespace: server.namespace,
    taskQueue,
    workflowBundle: await twinBundle(),
    activities,
    debugMode: inThisIsolate,
    shutdownGraceTime: 0,
  });
  /** Starts a journey and answers with its workflow id. */
  const start = async (touches: TwinInput['touches']) => {
    const workflowId = `twin/${randomUUID()}`;
    const args: [TwinInput] = [{ lead: workflowId, touches }];
    await (client ?? server.client).workflow.start('twin', { workflowId, taskQueue, args });
    return workflowId;
  };
  /** The same, when it is over. */
  const play = async (touches: TwinInput['touches']) => {
    const id = await start(touches);
    await server.client.workflow.getHandle(id).result();
    return id;
  };
  /** How many touches there were so far. */
  return { server, worker, start, play, touches: () => done };
}

export const twinBundle = (): Promise<{ code: string }> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });

const DAYS = [1, 10, 15, 30, 45, 60, 75, 85, 90];

/** The programme of nine touches in ninety days, from now on. */
export function calendar(): TwinInput['touches'] {
  const now = Date.now();
  return DAYS.map((day) => ({ name: `day ${day}`, due: now + (day - 1) * DAY_MS }));
}

/** As many as our own deliveries. */
const STARTS_AT_ONCE = 16;

/** Plays journeys with short waits, all due at once. */
export async function playTwins(count: number, pauseMs: number): Promise<Rate> {
  const { server, worker, start } = await twinStage();
  const play = async (now: number) => {
    const touches = Array.from({ length: TOUCHES }, (_, i) => ({
      name: `touch-${i + 1}`,
      due: now + (i + 1) * pauseMs,
    }));
    const ids = await atMost(STARTS_AT_ONCE, Array.from({ length: count }), () => start(touches));
    await Promise.all(ids.map((id) => server.client.workflow.getHandle(id).result()));
    return ids;
  };
  return worker.runUntil(() => rateOf(server, pauseMs, play));
}
