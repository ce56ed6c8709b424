/**
 * What will happen to somebody if nothing else does: a copy of what the store knows of them, played forward on a
 * virtual clock by the same cohorts, gates and templates. Own code is not run: what depends on it is where it ends.
 */
import { newWorld, memoryPorts } from '../channels/index.ts';
import type { World } from '../activities/world.ts';
import { ownCodeIn } from '../dsl/conditions/index.ts';
import { DAY_MS } from '../dsl/duration.ts';
import type { Instant } from '../dsl/plan.ts';
import type { Answer } from '../dsl/step.ts';
import type { Asked } from '../engine/asked.ts';
import { Script } from '../rehearsal/script.ts';
import { VirtualHost } from '../rehearsal/virtual-host.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Store, Transaction, Where } from '../store/store.ts';
import type { NewRow, Table } from '../store/table.ts';
import {
  consents,
  decisions,
  type Enrolment,
  enrolments,
  events,
  identities,
  merged,
  messages,
  pasts,
  people,
  suppressions,
} from '../store/tables/index.ts';
import { isUnderWay } from '../engine/run.ts';
import { entryOfDecision, type StoryEntry } from './story-entry.ts';

export interface Forecast {
  readonly until: Instant;
  readonly entries: readonly StoryEntry[];
  /** The author's own code whose answer decides how it goes on: nobody knows it before. */
  readonly dependsOn: readonly string[];
}

const DEFAULT_DAYS = 120;

/** @param person a store id. */
export async function forecast(
  world: World,
  person: string,
  days: number = DEFAULT_DAYS,
): Promise<Forecast> {
  const from = world.clock();
  const until = from + days * DAY_MS;
  const store = await copyOf(world.store, person);
  const before = await store.transaction((tx) => tx.find(decisions, { person }));
  const known = new Set(before.map(({ key }) => key));
  const host = new ForecastHost(from);
  const ahead = newWorld({
    project: world.project,
    store,
    ports: memoryPorts(),
    cohorts: host,
    clock: () => host.now,
    newId: numbered(),
  });
  host.world = { ...ahead, plan: world.plan };
  const under = await store.transaction((tx) => tx.find(enrolments, { person }));
  host.goOn(under.filter(({ status }) => status === 'live'));
  await host.play(new Script([]), until);
  const rows = await store.transaction((tx) => tx.find(decisions, { person }));
  return {
    until,
    entries: rows
      .filter(({ key, at }) => at >= from && !known.has(key))
      .flatMap((row) => entryOfDecision(row, () => undefined)),
    dependsOn: [...host.dependsOn],
  };
}

const numbered = () => {
  let ids = 0;
  return () => `ahead-${(ids += 1)}`;
};

/** Everything that gates, conditions and the score look at. */
async function copyOf(store: Store, person: string): Promise<Store> {
  const copy = memoryStore();
  const copied = await store.transaction(async (from) => {
    const whose = { person };
    const runs = await from.find(enrolments, whose);
    const under = runs.flatMap(({ id, status }) => (isUnderWay(status) ? id : []));
    const take = async <Row>(table: Table<Row>, where: Where<Row>) => {
      const rows = await from.find(table, where);
      // A whole row leaves nothing out.
      return (tx: Transaction) => tx.add(table, rows as readonly NewRow<Row>[]);
    };
    return [
      await take(people, { id: person }),
      await take(identities, whose),
      await take(consents, whose),
      await take(suppressions, whose),
      await take(merged, { into: person }),
      await take(events, whose),
      await take(pasts, { id: person }),
      await take(messages, whose),
      await take(decisions, { run: under }),
      (tx: Transaction) => tx.add(enrolments, runs),
    ];
  });
  await copy.transaction(async (tx) => {
    for (const add of copied) await add(tx);
  });
  return copy;
}

class ForecastHost extends VirtualHost {
  readonly dependsOn = new Set<string>();

  /** From where they stand, in cohorts of the ids that the store has them in: what reaches them is addressed to those. */
  goOn(runs: readonly Enrolment[]): void {
    for (const { cohort, journey, position } of runs) {
      if (position === null) continue;
      const theirs = this.cohorts.get(cohort) ?? this.begin(cohort, journey);
      theirs.resume([position], this.now);
      this.touched.add(cohort);
    }
  }

  protected override async askOwnCode({ request }: Asked): Promise<Answer | undefined> {
    if (request.type === 'own') return { type: 'own' };
    const questions = request.type === 'decide' ? request.questions : [];
    for (const { condition } of questions)
      for (const name of ownCodeIn(condition)) this.dependsOn.add(name);
    return undefined;
  }
}
