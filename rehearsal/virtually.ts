/** Plays a scenario on a virtual clock with an in-memory store: milliseconds, no server. */
import { memoryPorts, newWorld } from '../channels/index.ts';
import type { Instant } from '../dsl/plan.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import { begin } from './begin.ts';
import { withSales } from './sales-team.ts';
import { LONGEST_STORY_MS, type Scenario } from './scenario.ts';
import { type Story, tellStories } from './story.ts';
import { VirtualHost } from './virtual-host.ts';

export interface VirtualOptions {
  /** Default: in memory. */
  readonly store?: Store;
  readonly hostFrom?: (from: Instant) => VirtualHost;
}

export async function virtually(
  scenario: Scenario,
  { store = memoryStore(), hostFrom = (from) => new VirtualHost(from) }: VirtualOptions = {},
): Promise<readonly Story[]> {
  const { project, people, script } = scenario;
  const from = Math.min(...people.map(({ enters }) => enters), script.next() ?? Infinity);
  const host = hostFrom(from);
  const ports = memoryPorts();
  let ids = 0;
  const world = newWorld({
    project,
    store,
    ports: { ...ports, crm: withSales(ports.crm, scenario) },
    cohorts: host,
    clock: () => host.now,
    newId: () => `run-${String(++ids).padStart(6, '0')}`,
  });
  host.world = world;
  await begin(world, scenario);
  await host.play(script, from + LONGEST_STORY_MS);
  return tellStories(world.store, people, scenario.journey);
}
