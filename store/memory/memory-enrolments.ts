/** Who is in which journey and where they stand. */
import type { StepId } from '../../dsl/plan.ts';
import { LiveRunError } from '../live-run-error.ts';
import type { Enrolment } from '../rows.ts';
import type { EnrolmentFilter, Transaction } from '../store.ts';
import { compositeKey, type MemoryTables } from './memory-tables.ts';
import { rowsOf } from './rows-of.ts';

type Queries = Pick<
  Transaction,
  'takePlaces' | 'addEnrolments' | 'enrolments' | 'putPositions' | 'countSteps'
>;

export function memoryEnrolments({ places, enrolments }: MemoryTables): Queries {
  function candidates(where: EnrolmentFilter): Enrolment[] {
    if (where.ids) return rowsOf(enrolments, where.ids);
    if (where.people) {
      return enrolments.ofEach('person', where.people);
    }
    return where.journey === undefined ? enrolments.all() : enrolments.by('journey', where.journey);
  }

  return {
    async takePlaces(journey, size, count) {
      const taken = places.get(journey) ?? 0;
      if (count > 0) places.put(journey, taken + count);
      return Array.from({ length: count }, (_, index) => Math.floor((taken + index) / size));
    },
    async addEnrolments(rows) {
      for (const row of rows) {
        if (enrolments.get(row.id)) continue;
        if (
          row.status === 'live' &&
          enrolments.count('live', compositeKey(row.journey, row.person))
        )
          throw new LiveRunError();
        enrolments.put(row.id, row);
      }
    },
    async enrolments(where) {
      const people = where.people && new Set(where.people);
      return candidates(where).filter(
        (row) =>
          (!people || people.has(row.person)) &&
          (where.journey === undefined || row.journey === where.journey) &&
          (where.status === undefined || row.status === where.status) &&
          (where.step === undefined || row.step === where.step),
      );
    },
    async putPositions(rows) {
      for (const { run, ...position } of rows) {
        const known = enrolments.get(run);
        if (known) enrolments.put(run, { ...known, ...position });
      }
    },
    async countSteps(journey) {
      const counts = new Map<StepId | null, number>();
      for (const row of enrolments.by('journey', journey)) {
        if (row.status === 'live') counts.set(row.step, (counts.get(row.step) ?? 0) + 1);
      }
      return [...counts].map(([step, count]) => ({ step, count }));
    },
  };
}
