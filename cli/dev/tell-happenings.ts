/** What happens to people as it happens: a line for what they do, each touch, skip, entry, handoff and end, and for what failed. */
import { setTimeout as pause } from 'node:timers/promises';
import { formatLocal } from '../../dsl/calendar/wall-clock.ts';
import type { Project } from '../../dsl/project.ts';
import { systemEvents } from '../../dsl/system-events.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Heard } from '../../store/heard-store.ts';
import type { Store } from '../../store/store.ts';
import {
  type Decision,
  decisions,
  events,
  enrolments,
  type EventRow,
  identities,
  type MisfitRow,
  misfits,
  people,
} from '../../store/tables/index.ts';
import { nameOf } from '../../views/find-person.ts';
import { explained } from '../../views/reasons.ts';
import { textIn } from '../../views/text-in.ts';
import { printWarning } from '../../activities/behaviour/data-warnings.ts';
import { entryOfDecision } from '../../views/story-entry.ts';
import { parkedOnce, type Told } from './parked-once.ts';

export interface Happenings {
  hear(heard: Heard): void;
  /** Tells what is left. */
  stop(): Promise<void>;
}

const GATHER_MS = 100;
/** A crowd's lines would hide all others. */
const MOST_AT_ONCE = 30;

export function tellHappenings(
  store: Store,
  { config }: Pick<Project, 'config'>,
  print: (line: string) => void,
): Happenings {
  let gathered: Told[] = [];
  const parked = parkedOnce(store);
  let telling: Promise<void> | undefined;
  const tell = async (): Promise<void> => {
    await pause(GATHER_MS);
    const taken = gathered;
    gathered = [];
    telling = undefined;
    const all = [...taken, ...(await parked.takeNew())];
    const lines = all.slice(0, MOST_AT_ONCE);
    const known = await whoTheyAre(store, lines);
    for (const { person, at, text } of lines) {
      const { name = person, zone = null } = known.get(person) ?? {};
      const time = formatLocal(at, zone ?? config.fallbackZone ?? 'UTC').slice(-5);
      print(`${time} ${inOneLine(name)}  ${inOneLine(text)}`);
    }
    if (all.length > lines.length) print(`      and ${all.length - lines.length} more`);
  };
  return {
    hear({ rowsOf, changesOf }) {
      parked.hear(changesOf(enrolments));
      gathered.push(
        ...rowsOf(misfits).map(oddOf),
        ...rowsOf(people).map(({ id, createdAt }) => ({
          person: id,
          at: createdAt,
          text: 'is new',
        })),
        ...rowsOf(events).flatMap(happenedOf),
        ...rowsOf(decisions).flatMap(toldOf),
      );
      // What cannot be told is told in the store's own errors, where somebody waits for it.
      if (gathered.length > 0 || parked.isThere()) telling ??= tell().catch(() => undefined);
    },
    stop: async () => telling,
  };
}

function toldOf(row: Decision): Told[] {
  const [entry] = entryOfDecision(row, () => undefined);
  if (entry === undefined || entry.kind === 'way') return [];
  const because = entry.reason === null ? '' : `: ${explained(entry.reason)}`;
  const { person, at } = row;
  return [{ person, at, text: `${WORDS[entry.kind](entry.what)}${because}  [${row.journey}]` }];
}

const WORDS = {
  entered: (what: string) => `enters ${what}`,
  refused: (what: string) => `not let into ${what}`,
  sent: (what: string) => what,
  skipped: (what: string) => `skipped ${what}`,
  waits: (what: string) => `${what} waits`,
  did: (what: string) => what,
  ended: () => 'end',
  behaviour: (what: string) => what,
} as const;

const oddOf = (row: MisfitRow): Told => ({
  person: row.person,
  at: row.at,
  text: `! ${printWarning(row)}`,
});

/** What senders write may hold what terminals obey. */
const inOneLine = (said: string): string => said.replace(/\p{Cc}+/gu, ' ');

const OURS: ReadonlySet<string> = new Set(Object.values(systemEvents));

/** What they did; and of our own events a message that the provider refused, or whose outcome nobody knows. */
function happenedOf({ name, originalName, person, at, properties }: EventRow): Told[] {
  if (name === 'email failed') {
    const [template, code] = [textIn(properties, 'template'), textIn(properties, 'code')];
    return [{ person, at, text: `email ${template} failed: ${code}` }];
  }
  return OURS.has(name) ? [] : [{ person, at, text: `• ${originalName}` }];
}

async function whoTheyAre(
  store: Store,
  lines: readonly Told[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly zone: string | null }>> {
  const ids = [...new Set(lines.map(({ person }) => person))];
  return store.transaction(async (tx) => {
    const known = groupBy(await tx.find(identities, { person: ids }), ({ person }) => person);
    const rows = await tx.find(people, { id: ids });
    return new Map(
      rows.map((row) => [row.id, { name: nameOf(row, known.get(row.id) ?? []), zone: row.zone }]),
    );
  });
}
