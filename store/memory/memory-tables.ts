/** All rows of the in-memory store, each kind with the indexes that its reads need. */
import type { Json } from '../../dsl/plan.ts';
import type {
  Consent,
  CrmLink,
  Decision,
  Enrolment,
  EventRow,
  Identity,
  LaneRow,
  LeadScore,
  Message,
  Person,
  ScoreEntry,
  Suppression,
} from '../rows.ts';
import { memoryTable } from './memory-table.ts';
import type { UndoLog } from './undo-log.ts';

export type MemoryTables = ReturnType<typeof memoryTables>;

export function memoryTables(undo: UndoLog) {
  const byPerson = { person: (row: { readonly person: string }) => row.person };
  return {
    people: memoryTable<Person, never>(undo, {}),
    identities: memoryTable<Identity, 'person'>(undo, byPerson),
    events: memoryTable<EventRow, 'person'>(undo, byPerson),
    scoreEntries: memoryTable<ScoreEntry, 'person'>(undo, byPerson),
    leadScores: memoryTable<LeadScore, never>(undo, {}),
    consents: memoryTable<Consent, 'person'>(undo, byPerson),
    suppressions: memoryTable<Suppression, 'person'>(undo, byPerson),
    places: memoryTable<number, never>(undo, {}),
    enrolments: memoryTable<Enrolment, 'person' | 'journey' | 'live'>(undo, {
      ...byPerson,
      journey: (row) => row.journey,
      live: (row) => (row.status === 'live' ? compositeKey(row.journey, row.person) : null),
    }),
    decisions: memoryTable<Decision, 'person' | 'run' | 'journey'>(undo, {
      ...byPerson,
      run: (row) => row.run,
      journey: (row) => row.journey,
    }),
    messages: memoryTable<Message, 'person'>(undo, byPerson),
    laneRows: memoryTable<LaneRow, 'person' | 'waiting' | 'claimed' | 'cohort' | 'open'>(undo, {
      ...byPerson,
      waiting: (row) => (row.status === 'waiting' ? row.lane : null),
      claimed: (row) => (row.status === 'claimed' ? row.lane : null),
      cohort: (row) => row.cohort,
      open: (row) => (isOpen(row) ? row.cohort : null),
    }),
    crmLinks: memoryTable<CrmLink, never>(undo, {}),
    values: memoryTable<Json, never>(undo, {}),
  };
}

/** One key of several parts; a NUL stands in no id. */
export function compositeKey(first: string, second: string, ...rest: readonly string[]): string {
  const key = `${first}\u0000${second}`;
  return rest.length === 0 ? key : `${key}\u0000${rest.join('\u0000')}`;
}

export function isOpen(row: LaneRow): boolean {
  return row.status === 'waiting' || row.status === 'claimed';
}
