/** What had ended while nobody looked, and in numbers: each cohort begins again, once. */
import type { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { laneRows } from '../store/tables/index.ts';
import { type LaneWorld, laneWorld, NOON } from '../test/lane-world.ts';
import { seeToEnded } from './watch-engine.ts';

const DAY_MS = 86_400_000;

interface Ended {
  readonly workflowId: string;
  readonly runId: string;
  readonly closeTime: number;
}

/** Lists as Temporal does: what closed last comes first, and stays listed. */
function clientThatLists(closed: readonly Ended[]): Client {
  const list = ({ query }: { readonly query: string }) => {
    const since = Date.parse(/CloseTime > '([^']+)'/.exec(query)?.[1] ?? '');
    return (async function* () {
      yield* closed.filter((each) => each.closeTime > since).toReversed();
    })();
  };
  // All that is asked of it.
  return { workflow: { list } } as unknown as Client;
}

const begun = async ({ store }: LaneWorld) =>
  (await store.transaction((tx) => tx.find(laneRows, { lane: 'signals' }))).map(
    ({ cohort }) => cohort,
  );

test('of thousands that end at once each begins again, and once', async () => {
  const world = laneWorld();
  const ids = Array.from({ length: 2_500 }, (_, i) => `p-${i}`);
  for (const id of ids) await world.addPerson(id, {}, { cohort: `welcome/run-${id}` });
  const closed = ids.map((id, i) => ({
    workflowId: `welcome/run-${id}`,
    runId: `execution-${id}`,
    closeTime: NOON + i,
  }));
  const said: string[] = [];
  const options = {
    world,
    client: clientThatLists(closed),
    taskQueue: 'queue',
    say: (what: string) => said.push(what),
  };
  world.elapse(30_000);
  await seeToEnded(options);
  world.elapse(30_000);
  await seeToEnded(options);
  expect((await begun(world)).toSorted()).toEqual(ids.map((id) => `welcome/run-${id}`).toSorted());
  expect(said).toHaveLength(3);
});

test('what ended while no worker looked for days is found when one does', async () => {
  const world = laneWorld();
  await world.addPerson('ana', {}, { cohort: 'welcome/run-ana' });
  const closed: Ended[] = [];
  const options = {
    world,
    client: clientThatLists(closed),
    taskQueue: 'queue',
    say: () => undefined,
  };
  await seeToEnded(options);
  closed.push({ workflowId: 'welcome/run-ana', runId: 'execution-1', closeTime: NOON + DAY_MS });
  world.elapse(9 * DAY_MS);
  await seeToEnded(options);
  expect(await begun(world)).toEqual(['welcome/run-ana']);
});
