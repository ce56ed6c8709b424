/** Which plans people are in, with how many: those under way, whatever keeps them. */
import { UNDER_WAY } from '../../engine/run.ts';
import type { Store } from '../../store/store.ts';
import { enrolments } from '../../store/tables/index.ts';

export interface PlanInUse {
  readonly journey: string;
  readonly people: number;
}

/** By plan hash. */
export async function plansInUse(store: Store): Promise<ReadonlyMap<string, PlanInUse>> {
  const rows = await store.transaction((tx) =>
    tx.count(enrolments, ['plan', 'journey'], { status: UNDER_WAY }),
  );
  return new Map(rows.map(({ plan, journey, count }) => [plan, { journey, people: count }]));
}
