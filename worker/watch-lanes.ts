/** Says once what a lane has set aside: it waits for somebody, and nothing else shows it. */
import type { World } from '../activities/world.ts';
import { laneRows } from '../store/tables/index.ts';

const EVERY_MS = 60_000;

export interface LaneWatch {
  readonly look: () => Promise<void>;
  readonly stop: () => void;
}

export function watchLanes(
  { store, lanes }: Pick<World, 'store' | 'lanes'>,
  say: (what: string) => void,
): LaneWatch {
  const known = new Map<string, number>();
  const look = async (): Promise<void> => {
    const counts = await store.transaction((tx) =>
      tx.count(laneRows, ['lane'], { lane: [...lanes.keys()], status: 'aside' }),
    );
    const now = new Map(counts.map(({ lane, count }) => [lane, count]));
    for (const lane of lanes.keys()) {
      const count = now.get(lane) ?? 0;
      if (count > (known.get(lane) ?? 0))
        say(
          `Lane ${lane} has set ${count} rows aside that it could not deliver. \`cultivo status\` says why, \`cultivo retry --lane ${lane}\` tries them again.`,
        );
      known.set(lane, count);
    }
  };
  // A store that is away is said by whoever needs it.
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS).unref();
  return { look, stop: () => clearInterval(timer) };
}
