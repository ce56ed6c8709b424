/** A world in which a journey has been played up to some instant, as its store then is: for whatever looks at stores. */
import type { World } from '../activities/world.ts';
import { memoryPorts, newWorld, type PortsInMemory } from '../channels/index.ts';
import type { Journey } from '../dsl/journey.ts';
import type { Instant } from '../dsl/plan.ts';
import { begin } from '../rehearsal/begin.ts';
import { withSales } from '../rehearsal/sales-team.ts';
import { makeScenario, type RehearsalOptions } from '../rehearsal/scenario.ts';
import { VirtualHost } from '../rehearsal/virtual-host.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';

export interface PlayedWorld extends World {
  readonly memory: PortsInMemory;
  /** Plays on. */
  playTo(until: Instant): Promise<void>;
}

export async function playedWorld<L>(
  journey: Journey<L>,
  leads: readonly RehearsalOptions<L>[],
  until: Instant,
  store: Store = memoryStore(),
): Promise<PlayedWorld> {
  const scenario = makeScenario(journey, leads);
  const { project, people, script } = scenario;
  const host = new VirtualHost(Math.min(...people.map(({ enters }) => enters)));
  const memory = memoryPorts();
  let ids = 0;
  let now = host.now;
  const world = newWorld({
    project,
    store,
    ports: { ...memory, crm: withSales(memory.crm, scenario) },
    cohorts: host,
    clock: () => Math.max(now, host.now),
    newId: () => `run-${String(++ids).padStart(6, '0')}`,
  });
  host.world = { ...world, clock: () => host.now };
  const playTo = async (to: Instant): Promise<void> => {
    await host.play(script, to);
    now = to;
  };
  await begin(world, scenario);
  await playTo(until);
  return { ...world, memory, playTo };
}
