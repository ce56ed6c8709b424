/** The people of a demonstration with their stories, and why sales was given some of them. */
import { formatLocal } from '../../dsl/calendar/format-local.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { type Story, tellStories } from '../../rehearsal/story.ts';
import type { Store } from '../../store/store.ts';
import {
  enrolments,
  type LaneRow,
  laneRows,
  people as everybody,
  type Person,
} from '../../store/tables/index.ts';

export interface ToldHandoff {
  readonly at: Instant;
  readonly to: string;
  readonly score: number | null;
  readonly because: readonly string[];
}

export interface ToldPerson {
  readonly id: string;
  readonly name: string;
  readonly where: string;
  readonly zone: string;
  readonly story: Story;
  readonly handoffs: readonly ToldHandoff[];
}

/** Everybody who entered the journey, by the time of their entry. */
export async function tellPeople(
  store: Store,
  journey: string,
  fallbackZone: string,
): Promise<readonly ToldPerson[]> {
  const { people, crm } = await store.transaction(async (tx) => {
    const runs = await tx.find(enrolments, { journey });
    runs.sort((a, b) => a.enteredAt - b.enteredAt);
    const ids = [...new Set(runs.map(({ person }) => person))];
    const found = await tx.find(everybody, { id: ids });
    const rows = new Map(found.map((row) => [row.id, row]));
    return {
      people: ids.flatMap((id) => rows.get(id) ?? []),
      crm: await tx.find(laneRows, { lane: 'crm' }),
    };
  });
  const zones = people.map(({ id, zone }) => ({ id, zone: zone ?? fallbackZone }));
  const stories = await tellStories(store, zones, journey);
  return people.flatMap((person, i) => {
    const story = stories[i];
    if (story === undefined) return [];
    return [
      {
        id: person.id,
        name: text(person.profile, 'name') ?? person.id,
        where: whereabouts(person),
        zone: story.zone,
        story,
        handoffs: crm.filter((row) => row.person === person.id).flatMap(handoffIn),
      },
    ];
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

function handoffIn({ payload, at }: LaneRow): ToldHandoff[] {
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

export const printPerson = ({ name, where, story, handoffs, zone }: ToldPerson): string =>
  [
    `${name} (${where})`,
    ...String(story)
      .split('\n')
      .map((line) => `  ${line}`),
    ...handoffs.map(
      ({ at, to, score, because }) =>
        `  » given to ${to} on ${formatLocal(at, zone).trim()}${score === null ? '' : ` with a score of ${score}`}: ${because.slice(0, 4).join(', ')}`,
    ),
  ].join('\n');
