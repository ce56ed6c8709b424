/** What did not fit of what came in, together, and how often. */
import type { World } from '../world.ts';
import { misfits } from '../../store/tables/index.ts';

export interface DataWarning {
  /** The event's name, as it was sent. */
  readonly name: string;
  readonly path: string;
  readonly expected: string;
  readonly received: string;
  readonly fix: string | null;
  readonly count: number;
}

const MOST = 100;

/** The most frequent first. */
export const dataWarnings = async ({
  store,
}: Pick<World, 'store'>): Promise<readonly DataWarning[]> => {
  const counted = await store.transaction((tx) =>
    tx.count(misfits, ['name', 'path', 'expected', 'received', 'fix'], {}),
  );
  return counted.toSorted((a, b) => b.count - a.count).slice(0, MOST);
};

/** `Quotee Requested: expected an event that something hears, received Quotee Requested. Did you mean …?` */
export const printWarning = ({
  name,
  path,
  expected,
  received,
  fix,
}: Omit<DataWarning, 'count'>): string =>
  path === 'event'
    ? `nothing hears ${received}.${fix === null ? '' : ` ${fix}`}`
    : `${name}: ${path}: expected ${expected}, received ${received}.${fix === null ? '' : ` ${fix}`}`;
