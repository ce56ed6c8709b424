/** Messages a day: those of the past as they were, and those to come if nobody does anything. */
import type { World } from '../activities/world.ts';
import { DAY_MS } from '../dsl/duration.ts';
import type { Instant } from '../dsl/plan.ts';
import { decisions, enrolments } from '../store/tables/index.ts';
import { forecast } from './forecast.ts';

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
const MOST_PLAYED = 40;

/** @param journey an id. */
export async function traffic(world: World, journey: string): Promise<Traffic> {
  const { store, clock } = world;
  const today = Math.floor(clock() / DAY_MS) * DAY_MS;
  const daysFrom = (from: Instant): Instant[] =>
    Array.from({ length: DAYS }, (_, i) => from + i * DAY_MS);
  const past = await store.transaction(async (tx) => {
    const days: DayOfMessages[] = [];
    for (const day of daysFrom(today - (DAYS - 1) * DAY_MS)) {
      const within = { column: 'at', from: day, to: day + DAY_MS } as const;
      const [counted] = await tx.count(decisions, [], { journey, verdict: 'send' }, within);
      days.push({ day, sent: counted?.count ?? 0 });
    }
    return days;
  });
  const { sample, people } = await store.transaction(async (tx) => {
    const [counted] = await tx.count(enrolments, [], { journey, status: 'live' });
    const where = { journey, status: 'live' } as const;
    return {
      sample: await tx.page(enrolments, { limit: MOST_PLAYED, where }),
      people: counted?.count ?? 0,
    };
  });
  const sends: Instant[] = [];
  for (const person of new Set(sample.map((run) => run.person))) {
    const { entries } = await forecast(world, person, DAYS);
    for (const { kind, at, journey: of } of entries)
      if (kind === 'sent' && of === journey) sends.push(at);
  }
  const scale = sample.length === 0 ? 0 : people / sample.length;
  const ahead = daysFrom(today).map((day): DayOfMessages => {
    const own = sends.filter((at) => at >= day && at < day + DAY_MS);
    return { day, sent: Math.round(own.length * scale) };
  });
  return { past, ahead, played: sample.length, people };
}
