/** A journey with its people: who stands where, and what each step has sent, skipped and decided in a span of time. */
import type { World } from '../activities/world.ts';
import { DAY_MS } from '../dsl/duration.ts';
import type { Instant, Plan, PlanNode, StepId } from '../dsl/plan.ts';
import { inOrder, rulesOf } from '../dsl/print/print-text.ts';
import { labelStep } from '../dsl/steps/index.ts';
import { UNDER_WAY } from '../engine/run.ts';
import { enrolments } from '../store/tables/index.ts';
import { type Tally, talliesOf } from './tallies.ts';

export interface JourneyView {
  readonly journey: string;
  readonly plan: Plan;
  /** In a person's words: `enter: trial started`. */
  readonly rules: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  readonly live: number;
  readonly parked: number;
  /** In the span: who entered, who was refused and why, who ended and how. */
  readonly entered: number;
  readonly refused: readonly Counted[];
  readonly ended: readonly Counted[];
  /** In the order of the plan. */
  readonly steps: readonly StepView[];
  /** Steps of older plans that somebody stands at. */
  readonly olderSteps: readonly { readonly step: StepId | null; readonly standing: number }[];
}

export interface StepView extends PlanNode {
  readonly step: StepId;
  readonly label: string;
  readonly standing: number;
  readonly parked: number;
  readonly sent: number;
  /** What it did that is no message: calls, tasks, fields, own code. */
  readonly did: number;
  readonly skipped: readonly Counted[];
  /** Messages that waited for their window or a cap. */
  readonly deferred: number;
  /** How many went each way. */
  readonly ways: readonly Counted[];
}

export interface Counted {
  readonly what: string;
  readonly count: number;
}

const DEFAULT_DAYS = 90;

/** @param span Default: the last 90 days. */
export async function journeyView(
  { store, clock }: Pick<World, 'store' | 'clock'>,
  plan: Plan,
  span: { readonly from?: Instant | undefined; readonly to?: Instant | undefined } = {},
): Promise<JourneyView> {
  const to = span.to ?? clock() + 1;
  const from = span.from ?? to - DEFAULT_DAYS * DAY_MS;
  const journey = plan.id;
  const [standing, tallies] = await Promise.all([
    store.transaction((tx) =>
      tx.count(enrolments, ['status', 'step'], { journey, status: UNDER_WAY }),
    ),
    talliesOf({ store, clock }, journey, { from, to }),
  ]);
  const counted = (rows: readonly Tally[], by: 'reason' | 'outcome'): Counted[] =>
    [...sums(rows.map((row) => [row[by] ?? '', row.count]))].map(([what, count]) => ({
      what,
      count,
    }));
  const total = (rows: readonly { readonly count: number }[]): number =>
    rows.reduce((sum, { count }) => sum + count, 0);
  const of = (verdict: Tally['verdict'], step?: StepId): Tally[] =>
    tallies.filter((row) => row.verdict === verdict && (step === undefined || row.step === step));
  const at = (status: 'live' | 'parked', step?: StepId) =>
    standing.filter((row) => row.status === status && (step === undefined || row.step === step));
  const order = inOrder(plan);
  const known = new Set<StepId | null>(order.map(([step]) => step));
  return {
    journey,
    plan,
    rules: rulesOf(plan),
    from,
    to,
    live: total(at('live')),
    parked: total(at('parked')),
    entered: total(of('enter')),
    refused: counted(of('refuse'), 'reason'),
    ended: counted(of('end'), 'reason'),
    steps: order.map(([step, node]) => ({
      ...node,
      step,
      label: labelStep(node),
      standing: total(at('live', step)),
      parked: total(at('parked', step)),
      sent: total(of('send', step)),
      did: total([...of('done', step), ...of('ran', step)]),
      skipped: counted(of('skip', step), 'reason'),
      deferred: total(of('defer', step)),
      ways: counted(of('way', step), 'outcome'),
    })),
    olderSteps: standing.flatMap(({ status, step, count }) =>
      status === 'live' && !known.has(step) ? { step, standing: count } : [],
    ),
  };
}

function sums(rows: readonly (readonly [string, number])[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const [what, count] of rows) found.set(what, (found.get(what) ?? 0) + count);
  return new Map([...found].toSorted(([, a], [, b]) => b - a));
}
