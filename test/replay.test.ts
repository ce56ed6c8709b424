/** Histories that an earlier version recorded replay under this one: running journeys survive a deploy. */
import { readdir, readFile } from 'node:fs/promises';
import { Worker } from '@temporalio/worker';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { beforeAll, expect, test } from 'vitest';
import type { Plan } from '../dsl/plan.ts';
import { bundleWorkflows } from '../worker/bundle-workflows.ts';
import { readEnvironment } from '../worker/environment.ts';
import { inRealTime } from '../worker/hosting.ts';
import { logTemporal, openLog } from '../worker/open-log.ts';
import { HISTORIES, HISTORY_KINDS } from './recorded-histories.ts';

logTemporal(openLog('error'));
const read = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(path, HISTORIES), 'utf8'));

let workflowBundle: { readonly code: string };
beforeAll(async () => {
  const files = await readdir(new URL('plans/', HISTORIES));
  // Written by the recorder.
  const plans = (await Promise.all(files.map((file) => read(`plans/${file}`)))) as Plan[];
  const cacheDirectory = readEnvironment().CULTIVO_CACHE;
  workflowBundle = await bundleWorkflows({
    workflows: inRealTime.workflows,
    cacheDirectory,
    plans,
  });
});

test.each(HISTORY_KINDS)('%s replays', async (kind) => {
  const history = historyFromJSON(await read(`${kind}.json`));
  expect(history.events?.length).toBeGreaterThan(3);
  await Worker.runReplayHistory({ workflowBundle }, history);
});

test('a history that another workflow made does not', async () => {
  const history = historyFromJSON(await read('cohort-of-one.json'));
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  if (started) started.workflowType = { name: 'laneWorkflow' };
  await expect(Worker.runReplayHistory({ workflowBundle }, history)).rejects.toThrow(
    /determinism/i,
  );
});
