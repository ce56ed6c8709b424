/** Whom an error has parked, told once for each error: what they hear meanwhile writes the same again. */
import { withoutPersonalData } from '../../activities/without-personal-data.ts';
import type { Store } from '../../store/store.ts';
import { type Enrolment, enrolments } from '../../store/tables/index.ts';

/** What is told of somebody. */
export interface Told {
  readonly person: string;
  readonly at: number;
  readonly text: string;
}

export interface ParkedOnce {
  hear(changes: readonly Partial<Enrolment>[]): void;
  isThere(): boolean;
  /** Those that are not told yet. */
  takeNew(): Promise<readonly Told[]>;
}

export function parkedOnce({ transaction }: Pick<Store, 'transaction'>): ParkedOnce {
  const told = new Map<string, string>();
  let heard = new Map<string, string>();
  return {
    hear(changes) {
      for (const { id, status, error } of changes) {
        if (id === undefined || status === undefined) continue;
        if (status !== 'parked') told.delete(id);
        else if (told.get(id) !== (error ?? '')) heard.set(id, error ?? '');
      }
    },
    isThere: () => heard.size > 0,
    async takeNew() {
      if (heard.size === 0) return [];
      const now = heard;
      heard = new Map();
      for (const [run, error] of now) told.set(run, error);
      const runs = await transaction((tx) =>
        tx.find(enrolments, { id: [...now.keys()], status: 'parked' }),
      );
      return runs.map(({ person, since, journey, error }) => ({
        person,
        at: since,
        text: `! parked by an error: ${withoutPersonalData(error ?? '')} Put it right, then \`cultivo retry ${journey}\`.  [${journey}]`,
      }));
    },
  };
}
