/** One run: a scenario is played on the product's own code, by a scheduler that owns every await. */
import { createActivities } from '../../activities/index.ts';
import type { World } from '../../activities/world.ts';
import { memoryPorts, newWorld } from '../../channels/index.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import type { Store } from '../../store/store.ts';
import { type LaneRow, laneRows } from '../../store/tables/index.ts';
import { SIGNALS } from '../../activities/lanes/signals-lane.ts';
import { temporalCohorts } from '../../worker/temporal-cohorts.ts';
import type { Engine } from '../../workflows/engine.ts';
import { Clockwork } from './clockwork.ts';
import { Cluster } from './cluster.ts';
import { Crowd } from './crowd.ts';
import { checkInTheEnd } from './final-checks.ts';
import { type Fault, Faults } from './faults.ts';
import { gatedStore } from './gated-store.ts';
import { LaneDrain } from './lane-drain.ts';
import { Losses } from './losses.ts';
import type { Machine } from './machine.ts';
import { projectOf } from './project-of.ts';
import { randomOf } from './random.ts';
import { BEGINNING, type Scenario } from './scenario.ts';
import { simulatedClient } from './simulated-client.ts';
import { gatedCrm } from './simulated-crm.ts';
import { SimulatedEngine } from './simulated-engine.ts';
import { SimulatedProvider } from './simulated-provider.ts';
import { storiesOf } from './stories-of.ts';
import { Trace } from './trace.ts';
import type { Violation } from './violation.ts';
import { Watch } from './watch.ts';

/** What stands in for a part of the product: mistakes that are made on purpose. */
export interface Changes {
  readonly store?: (store: Store) => Store;
  readonly world?: (world: World) => World;
  readonly engine?: (engine: Engine) => Engine;
}

export interface Played {
  readonly violations: readonly Violation[];
  /** Of every step that was taken. */
  readonly hash: string;
  readonly steps: number;
  readonly faults: ReadonlyMap<Fault, number>;
  /** Those that the seed would have injected, the ones that were left out too. */
  readonly considered: number;
  /** How much time has passed, ms. */
  readonly passedMs: number;
  /** By person and journey, what was done with them. */
  readonly stories: readonly string[];
  /** News was put off: a cohort, or sales, heard it later than without faults. */
  readonly putOff: boolean;
  /** The story was compared with that of the same life without faults. */
  readonly compared?: true;
  /** The last steps. */
  readonly trace: readonly string[];
}

const MAX_STEPS = 400_000;
/** In one life: a long history looks for its plan so often that it would never be told to its end. */
const MOST_PLANS_MISSING = 2_000;
const DAY_MS = 86_400_000;
/** What cohorts and sales hear by these they answer to: e-mails that leave late change no story. */
const LISTENED_TO = [SIGNALS, 'crm'];

export async function play(scenario: Scenario, changes: Changes = {}): Promise<Played> {
  const { seed, kind, settings, people, journeys } = scenario;
  const trace = new Trace();
  const violations: Violation[] = [];
  const object = (promise: string, detail: string): void => {
    violations.push({ promise, detail, step: clockwork.steps });
    trace.note(`violation ${promise}: ${detail}`);
  };
  const faults = new Faults(seed, scenario.faults, trace);
  const clockwork = new Clockwork({
    seed,
    from: BEGINNING,
    trace,
    haste: kind === 'same-story' ? 0 : 0.05,
    beforeStep: () => {
      cluster.suffer();
      losses.suffer();
    },
    atRest: () => undefined,
    maxSteps: MAX_STEPS,
  });
  const watch = new Watch(scenario, object);
  const provider = new SimulatedProvider(clockwork, faults, (each) => watch.deliver(each));
  const real = memoryStore();
  const store = changes.store?.(real) ?? real;
  const ports = memoryPorts();
  const project = projectOf(scenario, () => {
    if (faults.hit('own-code')) throw new Error('Own code has failed.');
  });
  let ids = 0;
  let putOff = false;
  const mayLackPlans = () => (faults.injected.get('plan-missing') ?? 0) < MOST_PLANS_MISSING;
  const equip = (machine: Machine): void => {
    const own = newWorld({
      project,
      store: gatedStore(store, machine, {
        clockwork,
        faults,
        committed: (writes) => {
          watch.commit(writes);
          for (const { table, rows } of writes) {
            if (table?.name !== laneRows.name) continue;
            // A change names at least the row's key.
            for (const row of rows as (Partial<LaneRow> & Pick<LaneRow, 'lane'>)[]) {
              lanes.get(row.lane)?.ring();
              putOff ||= LISTENED_TO.includes(row.lane) && typeof row.notBefore === 'number';
            }
          }
        },
      }),
      ports: {
        ...ports,
        email: provider.from(machine, settings.maxBatch),
        crm: gatedCrm(ports.crm, machine, {
          clockwork,
          faults,
          onTask: (task) => crowd.handOff(task),
        }),
      },
      cohorts: temporalCohorts({
        client: simulatedClient(machine, () => engine, { clockwork, faults }),
        taskQueue: 'simulation',
        project,
        maxEvents: settings.maxEvents,
      }),
      clock: () => clockwork.now + machine.skewMs,
      newId: () => `id-${String((ids += 1)).padStart(6, '0')}`,
    });
    const world: World = {
      ...own,
      plan: (hash) => (mayLackPlans() && faults.hit('plan-missing') ? undefined : own.plan(hash)),
    };
    machine.world = changes.world?.(world) ?? world;
    machine.activities = createActivities(machine.world);
  };
  const lanes = new Map<string, LaneDrain>();
  const cluster = new Cluster({
    clockwork,
    faults,
    random: randomOf(`cluster of ${seed}`),
    size: settings.machines,
    equip,
    takesTime: kind === 'any-order',
  });
  const engine = new SimulatedEngine({
    clockwork,
    cluster,
    faults,
    object: (problem) => object('replays', problem),
    engineOf: changes.engine,
  });
  const losses = new Losses({ clockwork, cluster, faults, engine, seed });
  const crowd = new Crowd(scenario, {
    clockwork,
    cluster,
    faults,
    sent: (items) => watch.sent(items),
    acknowledged: (items) => watch.acknowledge(items),
  });
  for (const lane of cluster.alive[0]?.world.lanes.keys() ?? [])
    lanes.set(lane, new LaneDrain(lane, clockwork, cluster));
  crowd.begin();
  const last = Math.max(0, ...scenario.happenings.map(({ at }) => at));
  clockwork.after(last + 7 * DAY_MS, 'faults stop', () => faults.stop());
  const isOver = await clockwork.run();
  if (!isOver) object('arrives', `after ${MAX_STEPS} steps somebody still has something to do`);
  faults.stop();
  await checkInTheEnd({ scenario, project, store: real, engine, watch, object });
  return {
    violations,
    hash: trace.hash,
    steps: clockwork.steps,
    faults: faults.injected,
    considered: faults.considered,
    passedMs: clockwork.now - BEGINNING,
    stories: await storiesOf(real, people.length, journeys[0]?.id ?? ''),
    putOff,
    trace: trace.lines,
  };
}
