/**
 * Notices what Temporal has lost: all of it, where the lanes that run for ever are gone; some of it, where somebody
 * ended a cohort's workflow or it failed. Whoever the store has in what is gone goes on from there. Never a scan: what
 * was lost alone is looked at, and all of the people only where all of Temporal is.
 */
import type { Client } from '@temporalio/client';
import { SIGNALS } from '../activities/lanes/signals-lane.ts';
import { beginAgain, beginAllAgain } from '../activities/recovery/begin-again.ts';
import type { World } from '../activities/world.ts';
import type { Instant } from '../dsl/plan.ts';
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
/** What has ended becomes known a little late. */
const OVERLAP_MS = 10 * 60_000;
/** As long as Temporal usually remembers, where nobody has looked before. */
const FIRST_LOOK_MS = 30 * 86_400_000;
const PAGE = 1_000;

/** What the store knows of the lanes of a task queue. */
interface KnownLanes {
  /** A loss that is not seen to yet. */
  readonly loss: string | null;
}

/** When somebody last looked what had ended. */
interface KnownEnded {
  readonly lookedAt: Instant;
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

/** Cohorts that somebody ended, or that failed, since somebody last looked. */
export async function seeToEnded(options: WatchOptions): Promise<void> {
  const { world, client, taskQueue } = options;
  const name = `ended/${taskQueue}`;
  const now = world.clock();
  const [row] = await world.store.transaction((tx) => tx.find(values, { name }));
  // Written below.
  const known = row?.value as KnownEnded | undefined;
  const since = (known?.lookedAt ?? now - FIRST_LOOK_MS) - OVERLAP_MS;
  const ended = client.workflow.list({
    query: `${JOURNEY_ATTRIBUTE.name} IS NOT NULL AND ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled') AND CloseTime > '${new Date(since).toISOString()}'`,
    pageSize: PAGE,
  });
  const executions = new Map<string, string>();
  for await (const { workflowId, runId } of ended) {
    if (!executions.has(workflowId)) executions.set(workflowId, runId);
    if (executions.size < PAGE) continue;
    await beginThoseAgain(options, executions);
    executions.clear();
  }
  await beginThoseAgain(options, executions);
  await world.store.transaction((tx) => tx.add(values, [{ name, value: { lookedAt: now } }]));
}

/** @param executions by workflow: its latest that has ended. */
async function beginThoseAgain(
  { world, say }: WatchOptions,
  executions: ReadonlyMap<string, string>,
): Promise<void> {
  if (executions.size === 0) return;
  const runs = await world.store.transaction((tx) =>
    tx.find(enrolments, { cohort: [...executions.keys()], status: UNDER_WAY }),
  );
  const begun = await beginAgain(world, runs, {
    causeOf: (cohort) => executions.get(cohort) ?? '',
  });
  const [first] = begun;
  if (first === undefined) return;
  const others = begun.length === 1 ? '' : ` and ${begun.length - 1} others`;
  say(`The workflow ${first}${others} had ended before its people had, and begins again.`);
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
