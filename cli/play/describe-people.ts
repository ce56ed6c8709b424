/** People with their stories, and why sales was given some of them. */
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { type Story, tellStories } from '../../rehearsal/story.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Store } from '../../store/store.ts';
import {
  type Decision,
  decisions,
  type Enrolment,
  enrolments,
  type LaneRow,
  laneRows,
  people,
  type Person,
} from '../../store/tables/index.ts';

interface DescribedHandoff {
  readonly at: Instant;
  readonly to: string;
  readonly score: number | null;
  readonly because: readonly string[];
}

export interface DescribedPerson {
  readonly name: string;
  readonly where: string;
  readonly story: Story;
  readonly handoffs: readonly DescribedHandoff[];
  /** Why they entered nothing; null: they did. */
  readonly refused: string | null;
}

/** More than anybody plays. */
const MOST_PEOPLE = 100_000;

/** Everybody, by the time of their entry, and then those who were let into no journey. */
export async function describePeople(
  store: Store,
  journeys: readonly string[],
  fallbackZone: string,
): Promise<readonly DescribedPerson[]> {
  const { began, rows, crm } = await store.transaction(async (tx) => {
    const runs = await tx.find(enrolments, { journey: journeys });
    const decided = await tx.find(decisions, { journey: journeys });
    const rows = await tx.page(people, { limit: MOST_PEOPLE });
    const began = new Map(beginnings(runs, decided));
    for (const { id } of rows)
      if (!began.has(id)) began.set(id, { journey: journeys[0] ?? '', refused: null });
    return {
      began,
      rows,
      crm: await tx.find(laneRows, { lane: 'crm' }),
    };
  });
  const known = new Map(rows.map((row) => [row.id, row]));
  const stories = new Map<string, Story>();
  // Lines of the journey with which it began for somebody need no name.
  for (const [journey, those] of groupBy([...began], ([, { journey }]) => journey)) {
    const zones = those.map(([id]) => ({ id, zone: known.get(id)?.zone ?? fallbackZone }));
    for (const story of await tellStories(store, zones, journey)) stories.set(story.person, story);
  }
  return [...began].flatMap(([id, { refused }]) => {
    const [row, story] = [known.get(id), stories.get(id)];
    if (row === undefined || story === undefined) return [];
    const handoffs = crm.filter(({ person }) => person === row.id).flatMap(handoffIn);
    const name = text(row.profile, 'name') ?? text(row.profile, 'email') ?? row.id;
    return { name, where: whereabouts(row), story, handoffs, refused };
  });
}

interface Beginning {
  readonly journey: string;
  /** Why they were not let in; null: they were. */
  readonly refused: string | null;
}

/** By person: the journey that they entered first, or else the one that first refused them. */
function beginnings(
  runs: readonly Enrolment[],
  decided: readonly Decision[],
): ReadonlyMap<string, Beginning> {
  const began = new Map<string, Beginning>();
  for (const { person, journey } of runs.toSorted((a, b) => a.enteredAt - b.enteredAt))
    if (!began.has(person)) began.set(person, { journey, refused: null });
  for (const { person, journey, verdict, reason } of decided)
    if (verdict === 'refuse' && !began.has(person)) began.set(person, { journey, refused: reason });
  return began;
}

const text = (values: JsonObject, field: string): string | undefined => {
  const value = values[field];
  return typeof value === 'string' ? value : undefined;
};

const whereabouts = ({ profile, zone }: Person): string =>
  [text(profile, 'role'), text(profile, 'company'), text(profile, 'country'), zone]
    .filter((part) => part !== undefined && part !== null)
    .join(', ');

function handoffIn({ payload, at }: LaneRow): DescribedHandoff[] {
  if (payload['op'] !== 'handoff') return [];
  const { score, because } = payload;
  return [
    {
      at,
      to: text(payload, 'to') ?? '',
      score: typeof score === 'number' ? score : null,
      because: Array.isArray(because) ? because.map(String) : [],
    },
  ];
}

export const printPerson = ({ name, where, story, handoffs }: DescribedPerson): string =>
  [
    `${name} (${where})`,
    ...String(story)
      .split('\n')
      .map((line) => `  ${line}`),
    ...handoffs.map(
      ({ at, to, score, because }) =>
        `  » given to ${to} on ${formatLocal(at, story.zone).trim()}${score === null ? '' : ` with a score of ${score}`}: ${because.slice(0, 4).join(', ')}`,
    ),
  ].join('\n');
