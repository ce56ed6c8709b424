/**
 * A plan laid out as a calendar: steps from top to bottom in the order in which people come to them, branches beside
 * each other, blocks around what they race against. Pure; asks kinds and never names one.
 */
import type { Plan, PlanNode, StepId } from '../dsl/plan.ts';
import { inOrder } from '../dsl/print/print-text.ts';
import { labelStep, stepKind } from '../dsl/steps/index.ts';

/** One after the other. */
export type Calendar = readonly CalendarItem[];

export type CalendarItem = CalendarStep | CalendarBlock;

interface AnyItem {
  readonly label: string;
  /** The steps that pass the time before it, and what they say of it: `day 10`. */
  readonly after: readonly StepId[];
  readonly when: string | null;
  /** Where there are several ways out: what is on each until they meet again. */
  readonly ways: readonly CalendarWay[];
}

export interface CalendarStep extends AnyItem {
  readonly step: StepId;
}

export interface CalendarWay {
  readonly outcome: string;
  readonly items: Calendar;
  /** Nothing follows on it: the journey ends. */
  readonly ends: boolean;
}

/** A block that its trigger ends. */
export interface CalendarBlock extends AnyItem {
  readonly block: StepId;
  readonly inside: Calendar;
}

export function calendarOf(plan: Plan): Calendar {
  const order = new Map(inOrder(plan).map(([step], i) => [step, i]));
  const reached = new Map<StepId, ReadonlySet<StepId>>();

  /** Every step that somebody may come to from there, itself included. */
  function reach(from: StepId | null): ReadonlySet<StepId> {
    if (from === null) return new Set();
    const known = reached.get(from);
    if (known !== undefined) return known;
    const found = new Set<StepId>([from]);
    for (const to of Object.values(nodeOf(from).next)) for (const id of reach(to)) found.add(id);
    reached.set(from, found);
    return found;
  }

  const nodeOf = (step: StepId): PlanNode => {
    const node = plan.nodes[step];
    if (node === undefined) throw new Error(`Calendar: ${step} is no step of ${plan.id}.`);
    return node;
  };

  /** Where ways meet again: the first step that two of them come to. */
  function meetingOf(ways: readonly (StepId | null)[]): StepId | null {
    const seen = new Map<StepId, number>();
    for (const way of ways) for (const id of reach(way)) seen.set(id, (seen.get(id) ?? 0) + 1);
    const shared = [...seen].filter(([, count]) => count > 1).map(([id]) => id);
    return shared.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))[0] ?? null;
  }

  function waysOf(outcomes: readonly (readonly [string, StepId | null])[], stop: StepId | null) {
    const meeting = outcomes.length > 1 ? meetingOf(outcomes.map(([, to]) => to)) : stop;
    const until = meeting ?? stop;
    return {
      meeting,
      ways: outcomes.map(([outcome, to]): CalendarWay => ({
        outcome,
        items: to === until ? [] : layOut(to, until),
        ends: until === null || (to !== until && !reach(to).has(until)),
      })),
    };
  }

  function layOut(from: StepId | null, stop: StepId | null): CalendarItem[] {
    const items: CalendarItem[] = [];
    let [after, when]: [StepId[], string[]] = [[], []];
    for (let step = from; step !== null && step !== stop;) {
      const node = nodeOf(step);
      const kind = stepKind(node.kind);
      const outcomes = Object.entries(node.next);
      const [only] = outcomes;
      if (kind.passes !== undefined && only !== undefined && outcomes.length === 1) {
        const said = kind.passes(node.args);
        // Nothing follows: the time itself is what happens.
        if (only[1] === null || only[1] === stop)
          items.push({ step, label: labelStep(node), after, when: said, ways: [] });
        else
          [after, when] = [
            [...after, step],
            [...when, said],
          ];
        step = only[1];
        continue;
      }
      const said = when.length === 0 ? null : when.join(', ');
      if (kind.block === undefined) {
        const { meeting, ways } = outcomes.length > 1 ? waysOf(outcomes, stop) : STRAIGHT;
        items.push({ step, label: labelStep(node), after, when: said, ways });
        step = outcomes.length > 1 ? meeting : (only?.[1] ?? null);
      } else {
        const { inside } = kind.block;
        const others = outcomes.filter(([outcome]) => outcome !== inside);
        const { meeting, ways } = waysOf(others, stop);
        items.push({
          block: step,
          label: labelStep(node),
          after,
          when: said,
          inside: insideOf(node.next[inside] ?? null, step),
          ways: ways.filter(({ items: some, ends }) => some.length > 0 || ends),
        });
        step = meeting;
      }
      [after, when] = [[], []];
    }
    return items;
  }

  /** Steps of a block: as far as they stand in it. */
  function insideOf(from: StepId | null, block: StepId): CalendarItem[] {
    const behind = [...reach(from)]
      .filter((id) => !nodeOf(id).scopes.includes(block))
      .toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return layOut(from, behind[0] ?? null);
  }

  return layOut(plan.start, null);
}

const STRAIGHT = { meeting: null, ways: [] } as const;
