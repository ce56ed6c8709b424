/** Runs that ended when their person was merged with another: what sales answers to them counts for the one that goes on. */
import { systemEvents } from '../../dsl/system-events.ts';
import type { Transaction } from '../../store/store.ts';
import { type Enrolment, enrolments, events, type EventRow } from '../../store/tables/index.ts';

type OfRun = Pick<Enrolment, 'id' | 'person' | 'journey' | 'enteredAt'>;

/** For each run itself, and those that it goes on for. The older of two goes on, so whoever entered again since does for none. */
export async function mergedRuns(
  tx: Transaction,
  runs: readonly OfRun[],
): Promise<(run: string) => ReadonlySet<string>> {
  const people = [...new Set(runs.map(({ person }) => person))];
  const over =
    people.length === 0 ? [] : await tx.find(enrolments, { person: people, status: 'merged' });
  const those = new Map(
    runs.map((run) => {
      const { id, person, journey, enteredAt } = run;
      const its = over.filter(
        (each) => each.person === person && each.journey === journey && each.enteredAt >= enteredAt,
      );
      return [id, new Set([id, ...its.map((each) => each.id)])];
    }),
  );
  return (run) => those.get(run) ?? new Set([run]);
}

/** The first answer that sales gave to these runs, by step. */
export async function answersTo(
  tx: Transaction,
  runs: readonly OfRun[],
): Promise<(run: string, step: string) => EventRow | undefined> {
  if (runs.length === 0) return () => undefined;
  const person = [...new Set(runs.map((run) => run.person))];
  const answers = await tx.find(events, { person, name: systemEvents.handoffAnswered });
  const countFor = await mergedRuns(tx, runs);
  return (run, step) =>
    answers.find(({ properties: { run: to, step: of } }) => {
      return of === step && typeof to === 'string' && countFor(run).has(to);
    });
}
