/**
 * Who shares a workflow with whom, where the author does not say: each person has one of their own while few enter,
 * exact to the second and easy to look at; in numbers they share one, which serves hundreds at the cost of one. Each
 * process counts for itself and fills workflows of its own, so that entries never wait for each other.
 */
import type { Instant } from '../../dsl/plan.ts';

/** More than so many within some ten seconds are a crowd. */
const FEW = 20;
const RECENTLY_MS = 10_000;
/** Of a crowd's people in one workflow. */
const CROWD = 500;

interface Entered {
  /** Counted ever less as they are longer ago. */
  recent: number;
  at: Instant;
  crowd: { readonly id: string; left: number } | undefined;
}

export class Crowds {
  private readonly entered = new Map<string, Entered>();

  /** The cohort of each of so many who enter now; undefined: one of their own. */
  cohortsFor(
    journey: string,
    count: number,
    now: Instant,
    newId: () => string,
  ): readonly (string | undefined)[] {
    const known = this.entered.get(journey) ?? { recent: 0, at: now, crowd: undefined };
    this.entered.set(journey, known);
    known.recent = recentAt(known, now) + count;
    known.at = Math.max(known.at, now);
    return Array.from({ length: count }, () =>
      known.recent <= FEW ? undefined : placeIn(journey, known, newId),
    );
  }

  /** How many share a workflow of whoever enters next. */
  sizeOf(journey: string, now: Instant): number {
    const known = this.entered.get(journey);
    return known !== undefined && recentAt(known, now) >= FEW ? CROWD : 1;
  }
}

const recentAt = ({ recent, at }: Entered, now: Instant): number =>
  recent * Math.exp(-Math.max(0, now - at) / RECENTLY_MS);

function placeIn(journey: string, known: Entered, newId: () => string): string {
  if (known.crowd === undefined || known.crowd.left === 0)
    known.crowd = { id: `${journey}/many/${newId()}`, left: CROWD };
  known.crowd.left -= 1;
  return known.crowd.id;
}
