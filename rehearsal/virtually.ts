/** Plays a scenario on a virtual clock with an in-memory store: milliseconds, no server. */
import { memoryInbox } from '../channels/email/local/memory-inbox.ts';
import { memoryPipeline } from '../channels/crm/local/memory-pipeline.ts';
import type { World } from '../activities/world.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Scenario } from './scenario.ts';
import { setStage } from './set-stage.ts';
import { type Story, tellStories } from './story.ts';
import { VirtualHost } from './virtual-host.ts';
import { withSales } from './with-sales.ts';

/** Stories that go on for ever end here. */
const HORIZON_MS = 3 * 366 * 86_400_000;

export async function virtually(scenario: Scenario): Promise<readonly Story[]> {
  const { project, people, script } = scenario;
  const from = Math.min(...people.map(({ enters }) => enters), script.next() ?? Infinity);
  const host = new VirtualHost(from);
  let ids = 0;
  const plans = new Map([...project.plans.values()].map((plan) => [plan.hash, plan]));
  const world: World = {
    project,
    store: memoryStore(),
    plan: (hash) => plans.get(hash),
    clock: () => host.now,
    newId: () => `run-${String(++ids).padStart(6, '0')}`,
    email: memoryInbox(),
    crm: withSales(memoryPipeline(), scenario),
    cohorts: host,
    gitSha: null,
  };
  host.world = world;
  await setStage(world, scenario);
  await host.play(script, from + HORIZON_MS);
  return tellStories(world.store, people, scenario.journey);
}
