/** Messages a day: those of the past as they were, and those to come if nobody does anything. */
import type { World } from '../activities/world.ts';
import { DAY_MS } from '../dsl/duration.ts';
import type { Instant } from '../dsl/plan.ts';
import { decisions, enrolments } from '../store/tables/index.ts';
import { groupBy } from '../store/group-by.ts';
import { forecast } from './forecast.ts';
import type { StoryEntry } from './story-entry.ts';

export interface Traffic {
  readonly past: readonly DayOfMessages[];
  readonly ahead: readonly DayOfMessages[];
  /** Of how many people the days ahead were played, and how many there are: more are scaled. */
  readonly played: number;
  readonly people: number;
}

export interface DayOfMessages {
  /** Midnight, UTC. */
  readonly day: Instant;
  readonly sent: number;
}

const DAYS = 14;
/** Of all journeys together: playing somebody forward takes milliseconds. */
const MOST_PLAYED = 40;

/** @param journeys ids: one, or all of the project's. */
export async function traffic(world: World, journeys: readonly string[]): Promise<Traffic> {
  const today = Math.floor(world.clock() / DAY_MS) * DAY_MS;
  const daysFrom = (from: Instant): Instant[] =>
    Array.from({ length: DAYS }, (_, i) => from + i * DAY_MS);
  const past = await sentOn(world, journeys, daysFrom(today - (DAYS - 1) * DAY_MS));
  const samples = await samplesOf(world, journeys);
  const sends = await sendsAhead(world, journeys, samples);
  const ahead = daysFrom(today).map((day): DayOfMessages => {
    const own = sends.filter(({ at }) => at >= day && at < day + DAY_MS);
    return { day, sent: Math.round(own.reduce((sum, { weight }) => sum + weight, 0)) };
  });
  return {
    past,
    ahead,
    played: samples.reduce((sum, { sample }) => sum + sample.length, 0),
    people: samples.reduce((sum, { people }) => sum + people, 0),
  };
}

const sentOn = (
  { store }: World,
  journeys: readonly string[],
  days: readonly Instant[],
): Promise<DayOfMessages[]> =>
  store.transaction(async (tx) => {
    const counts: DayOfMessages[] = [];
    for (const day of days) {
      const within = { column: 'at', from: day, to: day + DAY_MS } as const;
      const where = { journey: journeys, verdict: 'send' } as const;
      const [counted] = await tx.count(decisions, [], where, within);
      counts.push({ day, sent: counted?.count ?? 0 });
    }
    return counts;
  });

/** Some of those who are in a journey, and how many there are. */
interface Sample {
  readonly journey: string;
  readonly sample: readonly string[];
  readonly people: number;
  /** Of those of the sample: every journey that they are in. */
  readonly inOf: ReadonlyMap<string, ReadonlySet<string>>;
}

const samplesOf = ({ store }: World, journeys: readonly string[]): Promise<Sample[]> =>
  store.transaction(async (tx) => {
    const counts = await tx.count(enrolments, ['journey'], { journey: journeys, status: 'live' });
    const limit = Math.max(1, Math.floor(MOST_PLAYED / Math.max(1, counts.length)));
    const samples: Sample[] = [];
    for (const { journey, count } of counts) {
      const where = { journey, status: 'live' } as const;
      const runs = await tx.page(enrolments, { limit, where });
      const sample = [...new Set(runs.map((run) => run.person))];
      const all = groupBy(
        await tx.find(enrolments, { person: sample, status: 'live' }),
        ({ person }) => person,
      );
      const inOf = new Map(
        [...all].map(([person, own]) => [person, new Set(own.map((run) => run.journey))]),
      );
      samples.push({ journey, sample, people: count, inOf });
    }
    return samples;
  });

/** Each counts for as many as its sample leaves out; of a journey that they will enter, by the first that leads there. */
async function sendsAhead(
  world: World,
  journeys: readonly string[],
  samples: readonly Sample[],
): Promise<readonly { readonly at: Instant; readonly weight: number }[]> {
  const played = new Map<string, readonly StoryEntry[]>();
  for (const person of new Set(samples.flatMap(({ sample }) => sample))) {
    played.set(person, (await forecast(world, person, DAYS)).entries);
  }
  const asked = new Set(journeys);
  return samples.flatMap(({ journey, sample, people, inOf }) =>
    sample.flatMap((person) => {
      const own = inOf.get(person) ?? new Set();
      const [first] = samples.filter((each) => each.sample.includes(person));
      const counts = (of: string | null): boolean =>
        of === journey ||
        (of !== null && asked.has(of) && !own.has(of) && first?.journey === journey);
      return (played.get(person) ?? []).flatMap(({ kind, at, journey: of }) =>
        kind === 'sent' && counts(of) ? [{ at, weight: people / sample.length }] : [],
      );
    }),
  );
}
