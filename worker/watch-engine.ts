/**
 * Notices what Temporal has lost: all of it, where the lanes that run for ever are gone; some of it, where somebody
 * ended a cohort's workflow or it failed. Whoever the store has in what is gone goes on from there. Never a scan: what
 * was lost alone is looked at, and all of the people only where all of Temporal is.
 */
import type { Client } from '@temporalio/client';
import { SIGNALS } from '../activities/lanes/signals-lane.ts';
import { beginAgain, beginAllAgain } from '../activities/recovery/begin-again.ts';
import type { World } from '../activities/world.ts';
import { UNDER_WAY } from '../engine/run.ts';
import { enrolments, values } from '../store/tables/index.ts';
import { JOURNEY_ATTRIBUTE } from '../workflows/search-attributes.ts';
import { laneRuns, startLanes } from './start-lanes.ts';

export interface WatchOptions {
  readonly world: World;
  readonly client: Client;
  readonly taskQueue: string;
  /** Says what was lost, and that it has begun again. */
  readonly say: (what: string) => void;
}

const EVERY_MS = 30_000;
/** Of workflows that have ended since, those of the last day are asked for: workers may have been away. */
const LOOK_BACK_MS = 86_400_000;
const MOST_ENDED = 1_000;

/** What the store knows of the lanes of a task queue. */
interface KnownLanes {
  /** A loss that is not seen to yet. */
  readonly loss: string | null;
}

/** Starts the lanes, and has begin again what was lost since the last worker looked. */
export async function seeToLanes({ world, client, taskQueue, say }: WatchOptions): Promise<void> {
  const name = `lanes/${taskQueue}`;
  const write = (known: KnownLanes) =>
    world.store.transaction((tx) => tx.add(values, [{ name, value: { ...known } }]));
  const [row] = await world.store.transaction((tx) => tx.find(values, { name }));
  // Written here alone.
  const known = row?.value as KnownLanes | undefined;
  let loss = known?.loss ?? null;
  if (known !== undefined && loss === null && !(await laneRuns(client, taskQueue, SIGNALS))) {
    loss = world.newId();
    await write({ loss });
  }
  await startLanes(world, client, taskQueue);
  if (loss !== null) {
    const { cohorts, people } = await beginAllAgain(world, { cause: loss });
    say(
      `Temporal does not have what it had. ${people} people in ${cohorts} workflows go on from where the store says that they stand.`,
    );
  }
  if (known === undefined || loss !== null) await write({ loss: null });
}

/** Cohorts that somebody ended, or that failed. */
export async function seeToEnded({ world, client, say }: WatchOptions): Promise<void> {
  const since = new Date(world.clock() - LOOK_BACK_MS).toISOString();
  const ended = client.workflow.list({
    query: `${JOURNEY_ATTRIBUTE.name} IS NOT NULL AND ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled') AND CloseTime > '${since}'`,
    pageSize: MOST_ENDED,
  });
  const executions = new Map<string, string>();
  for await (const { workflowId, runId } of ended) {
    if (!executions.has(workflowId)) executions.set(workflowId, runId);
    if (executions.size === MOST_ENDED) break;
  }
  if (executions.size === 0) return;
  const runs = await world.store.transaction((tx) =>
    tx.find(enrolments, { cohort: [...executions.keys()], status: UNDER_WAY }),
  );
  const begun = await beginAgain(world, runs, {
    causeOf: (cohort) => executions.get(cohort) ?? '',
  });
  for (const cohort of begun)
    say(`The workflow ${cohort} had ended before its people had: it begins again.`);
}

/** @returns what ends it. */
export function watchEngine(options: WatchOptions): () => Promise<void> {
  let isOver = false;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      await seeToLanes(options);
      await seeToEnded(options);
    } catch {
      // Temporal or the store is away: whoever uses them says so.
    }
  };
  const timer = setInterval(() => {
    looking = looking.then(() => (isOver ? undefined : look()));
  }, EVERY_MS).unref();
  return async () => {
    isOver = true;
    clearInterval(timer);
    await looking;
  };
}
