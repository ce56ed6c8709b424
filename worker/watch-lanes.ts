/** Says once what a lane has set aside, which waits for somebody, and once what it tries in vain again and again. */
import type { World } from '../activities/world.ts';
import { laneRows } from '../store/tables/index.ts';

const EVERY_MS = 60_000;
/** Whatever fails less often is a matter of moments. */
const OFTEN = 3;

export interface LaneWatch {
  readonly look: () => Promise<void>;
  readonly stop: () => void;
}

export function watchLanes(
  { store, lanes }: Pick<World, 'store' | 'lanes'>,
  say: (what: string) => void,
): LaneWatch {
  const known = new Map<string, number>();
  const failing = new Set<string>();
  const look = async (): Promise<void> => {
    const counts = await store.transaction((tx) =>
      tx.count(laneRows, ['lane', 'status', 'code', 'attempts'], {
        lane: [...lanes.keys()],
        status: ['aside', 'claimed', 'later'],
      }),
    );
    for (const lane of lanes.keys()) {
      const count = total(counts.filter((row) => row.lane === lane && row.status === 'aside'));
      if (count > (known.get(lane) ?? 0))
        say(
          `Lane ${lane} has set ${count} rows aside that it could not deliver. \`cultivo status\` says why, \`cultivo retry --lane ${lane}\` tries them again.`,
        );
      known.set(lane, count);
    }
    for (const lane of lanes.keys()) {
      const often = counts.filter(
        (row) => row.lane === lane && row.status !== 'aside' && row.attempts >= OFTEN,
      );
      const rows = total(often);
      if (rows > 0 && !failing.has(lane))
        say(
          `Lane ${lane} has tried ${rows === 1 ? '1 row' : `${rows} rows`} ${OFTEN} times or more in vain (${codesOf(often)}), and goes on trying.`,
        );
      if (rows === 0 && failing.has(lane))
        say(`Lane ${lane} has nothing left that it had tried in vain.`);
      if (rows > 0) failing.add(lane);
      else failing.delete(lane);
    }
  };
  // A store that is away is said by whoever needs it.
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS).unref();
  return { look, stop: () => clearInterval(timer) };
}

const total = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0);

const codesOf = (rows: readonly { readonly code: string | null }[]): string =>
  [...new Set(rows.map(({ code }) => code ?? 'no reason'))].join(', ');
