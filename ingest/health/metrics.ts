/** How a deployment does, in numbers: three queries whatever there is, and what this process has counted. Nobody's name. */
import type { World } from '../../activities/world.ts';
import { groupBy } from '../../store/group-by.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import { enrolments, laneRows, UNFINISHED } from '../../store/tables/index.ts';
import type { Counters } from './counters.ts';
import type { Metric, Sample } from './metrics-text.ts';

type Counted = { readonly count: number };
type Read = Pick<World, 'store' | 'lanes' | 'project' | 'clock'>;

export async function metricsOf(world: Read, counters: Counters): Promise<readonly Metric[]> {
  const { store, lanes, project, clock } = world;
  const journeys = [...project.plans.keys()];
  const names = [...lanes.keys()];
  const { standing, rows, oldest } = await store.transaction(async (tx) => ({
    standing: await tx.count(enrolments, ['journey', 'status'], {
      journey: journeys,
      status: UNDER_WAY,
    }),
    rows: await tx.count(laneRows, ['lane', 'status'], { lane: names, status: UNFINISHED }),
    oldest: await tx.oldestOpen(names),
  }));
  const ages = new Map(oldest.map(({ lane, at }) => [lane, Math.max(0, clock() - at) / 1_000]));
  return [
    gauge('people', 'People who are in a journey; parked: an error keeps them.', [
      ...each(journeys, 'journey', UNDER_WAY, standing),
    ]),
    gauge('lane_rows', 'Rows that a lane has not delivered; aside: they wait for somebody.', [
      ...each(names, 'lane', UNFINISHED, rows),
    ]),
    gauge(
      'lane_oldest_seconds',
      'Age of the oldest row that a lane comes to by itself.',
      names.map((lane) => ({ labels: { lane }, value: ages.get(lane) ?? 0 })),
    ),
    counter('events_total', 'Events recorded by this process.', [{ value: counters.events() }]),
    counter('entries_total', 'People who entered a journey, by this process.', [
      ...[...counters.entered].map(([journey, value]) => ({ labels: { journey }, value })),
    ]),
    counter('decisions_total', 'What journeys decided and did, by this process.', [
      ...[...counters.decided].flatMap(([journey, verdicts]) =>
        [...verdicts].map(([verdict, value]) => ({ labels: { journey, verdict }, value })),
      ),
    ]),
  ];
}

const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name,
  type: 'gauge',
  help,
  samples,
});

const counter = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name,
  type: 'counter',
  help,
  samples,
});

/** A sample for each name and status, 0 too: what is absent can't be alarmed on. */
function each<N extends 'journey' | 'lane'>(
  names: readonly string[],
  label: N,
  statuses: readonly string[],
  counts: readonly (Counted & { readonly status: string } & { readonly [K in N]: string })[],
): readonly Sample[] {
  const known = groupBy(counts, (row) => `${row[label]} ${row.status}`);
  return names.flatMap((name) =>
    statuses.map((status) => ({
      labels: { [label]: name, status },
      value: known.get(`${name} ${status}`)?.[0]?.count ?? 0,
    })),
  );
}
