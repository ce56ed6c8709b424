/** People with their stories, and why sales was given some of them. */
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { type Story, tellStories } from '../../rehearsal/story.ts';
import type { Store } from '../../store/store.ts';
import {
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
}

/**
 * Everybody who entered a journey, by the time of their entry.
 *
 * @param journeys lines of those after the first carry their names.
 */
export async function describePeople(
  store: Store,
  journeys: readonly string[],
  fallbackZone: string,
): Promise<readonly DescribedPerson[]> {
  const { ids, rows, crm } = await store.transaction(async (tx) => {
    const runs = await tx.find(enrolments, { journey: journeys });
    runs.sort((a, b) => a.enteredAt - b.enteredAt);
    const ids = [...new Set(runs.map(({ person }) => person))];
    return {
      ids,
      rows: new Map((await tx.find(people, { id: ids })).map((row) => [row.id, row])),
      crm: await tx.find(laneRows, { lane: 'crm' }),
    };
  });
  const zones = ids.map((id) => ({ id, zone: rows.get(id)?.zone ?? fallbackZone }));
  const stories = await tellStories(store, zones, journeys[0] ?? '');
  return stories.flatMap((story) => {
    const row = rows.get(story.person);
    if (row === undefined) return [];
    const handoffs = crm.filter(({ person }) => person === row.id).flatMap(handoffIn);
    return { name: text(row.profile, 'name') ?? row.id, where: whereabouts(row), story, handoffs };
  });
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
