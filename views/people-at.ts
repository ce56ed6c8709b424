/** Who is in a journey, at a step or in a stage, in pages. */
import type { World } from '../activities/world.ts';
import type { StepId } from '../dsl/plan.ts';
import { type RunStatus, UNDER_WAY } from '../engine/run.ts';
import { groupBy } from '../store/group-by.ts';
import type { Transaction } from '../store/store.ts';
import { enrolments, type Enrolment, identities, people } from '../store/tables/index.ts';
import { nameOf, userOf } from './find-person.ts';
import { runView, type RunView } from './person-view.ts';

export interface PeopleAsked {
  readonly journey?: string | undefined;
  readonly step?: StepId | undefined;
  /** Their profile's field `stage`. */
  readonly stage?: string | undefined;
  /** Default: those who are under way. */
  readonly status?: RunStatus | undefined;
  /** Where the page before ended. */
  readonly after?: string | undefined;
  /** Default 50. */
  readonly limit?: number | undefined;
}

export interface PeoplePage {
  readonly people: readonly PersonInJourney[];
  /** Ask for the rest with it as `after`; null: there is none. */
  readonly next: string | null;
}

export interface PersonInJourney extends RunView {
  readonly person: string;
  readonly name: string;
  readonly user: string | null;
  readonly stage: string | null;
  readonly zone: string;
}

const PAGE = 50;
/** A stage stands in profiles, which nothing is indexed by: so many are looked at for one page. */
const MOST_READ = 20_000;

export const peopleAt = (world: World, asked: PeopleAsked): Promise<PeoplePage> =>
  world.store.transaction(async (tx) => {
    const { limit = PAGE, stage } = asked;
    const found: PersonInJourney[] = [];
    let { after } = asked;
    for (let read = 0; read < MOST_READ;) {
      const size = stage === undefined ? limit + 1 : Math.max(limit + 1, 500);
      const rows = await tx.page(enrolments, { limit: size, after, where: whereOf(asked) });
      const fitting = (await named(world, tx, rows)).filter(
        (each) => stage === undefined || each.stage === stage,
      );
      found.push(...fitting);
      read += rows.length;
      after = rows.at(-1)?.id;
      if (rows.length < size || found.length > limit) {
        const page = found.slice(0, limit);
        const isMore = found.length > limit;
        return { people: page, next: isMore ? (page.at(-1)?.run ?? null) : null };
      }
    }
    return { people: found, next: after ?? null };
  });

const whereOf = ({ journey, step, status }: PeopleAsked) => ({
  ...(journey === undefined ? {} : { journey }),
  ...(step === undefined ? {} : { step }),
  status: status ?? UNDER_WAY,
});

async function named(
  world: World,
  tx: Transaction,
  runs: readonly Enrolment[],
): Promise<readonly PersonInJourney[]> {
  const ids = [...new Set(runs.map(({ person }) => person))];
  const known = groupBy(await tx.find(identities, { person: ids }), ({ person }) => person);
  const profiles = new Map((await tx.find(people, { id: ids })).map((row) => [row.id, row]));
  return runs.flatMap((run) => {
    const person = profiles.get(run.person);
    if (person === undefined) return [];
    const own = known.get(run.person) ?? [];
    const { stage } = person.profile;
    return {
      ...runView(world, run),
      person: person.id,
      name: nameOf(person, own),
      user: userOf(own) ?? null,
      zone: person.zone ?? world.project.config.fallbackZone ?? 'UTC',
      stage: typeof stage === 'string' ? stage : null,
    };
  });
}
