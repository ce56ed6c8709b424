/** What this process has recorded since it began, counted as it is committed: no query of the past is needed. */
import type { Heard } from '../../store/heard-store.ts';
import { decisions, enrolments, events } from '../../store/tables/index.ts';

export interface Counters {
  hear(heard: Heard): void;
  /** How many events of people. */
  events(): number;
  /** How many entered, by journey. */
  readonly entered: ReadonlyMap<string, number>;
  /** What was decided, by journey and then by verdict. */
  readonly decided: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export function newCounters(): Counters {
  let happened = 0;
  const entered = new Map<string, number>();
  const decided = new Map<string, Map<string, number>>();
  return {
    entered,
    decided,
    events: () => happened,
    hear({ rowsOf }) {
      happened += rowsOf(events).length;
      for (const { journey } of rowsOf(enrolments)) addOne(entered, journey);
      for (const { journey, verdict } of rowsOf(decisions)) {
        const known = decided.get(journey) ?? new Map<string, number>();
        addOne(known, verdict);
        decided.set(journey, known);
      }
    },
  };
}

const addOne = (counts: Map<string, number>, of: string): void =>
  void counts.set(of, (counts.get(of) ?? 0) + 1);
