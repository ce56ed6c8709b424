/** Which plans people are in, with how many: those under way and those parked by an error. */
import type { Store } from '../../store/store.ts';

export interface PlanInUse {
  readonly journey: string;
  readonly people: number;
}

/** By plan hash. */
export async function plansInUse(store: Store): Promise<ReadonlyMap<string, PlanInUse>> {
  const inUse = new Map<string, PlanInUse>();
  for (const status of ['live', 'parked'] as const) {
    for (const { plan, journey } of await store.transaction((tx) => tx.enrolments({ status }))) {
      inUse.set(plan, { journey, people: (inUse.get(plan)?.people ?? 0) + 1 });
    }
  }
  return inUse;
}
