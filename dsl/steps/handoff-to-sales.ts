/** `handoffToSales({ to, sla, … })`: gives the lead to sales and waits for the verdict. */
import { DAY_MS, type Duration, HOUR_MS, printSpan } from '../duration.ts';
import { invalid } from '../problem.ts';
import type { AnyStep, NeedsOf, Step } from '../step.ts';
import { SALES_ANSWERS, systemEvents } from '../system-events.ts';
import type { Colleague } from '../team.ts';
import { defineStep, type StepOptions, withId } from './define-step.ts';

type HandoffArgs = { readonly to: string; readonly slaMs: number };

export type HandoffEffect = { readonly effect: 'handoff' } & HandoffArgs;
/** Sales has let the SLA pass. */
export type EscalateEffect = { readonly effect: 'escalate'; readonly to: string };

interface HandoffOptions<Y, M, N, L> extends StepOptions {
  /** Who takes the lead: `owner` (by field, else as the config assigns) or a colleague. */
  readonly to: Colleague;
  /** How long sales has for its answer, for example `hours(48)`. */
  readonly sla: Duration;
  /** Sales takes the lead. */
  readonly yes?: readonly Y[];
  /** Not now: usually recycled into another journey. */
  readonly maybe?: readonly M[];
  /** Not a lead. More than 5 % of these mean that the scoring is wrong. */
  readonly never?: readonly N[];
  /** No answer within the SLA, after the escalation. */
  readonly late?: readonly L[];
}

/**
 * Upserts the lead in the CRM, assigns its owner and gives them a task with the reasons for the
 * score; waits for yes, maybe or never. No answer within the SLA escalates, then goes on as `late`.
 *
 * Compiles to `{ kind: 'handoffToSales', args: { to, slaMs } }`, outcomes `yes`, `maybe`, `never`,
 * `late`.
 *
 * @example
 * handoffToSales({ to: owner, sla: hours(48) }).key // => 'handoff:owner'
 */
export const handoffToSales = <
  Y extends AnyStep = never,
  M extends AnyStep = never,
  N extends AnyStep = never,
  L extends AnyStep = never,
>(
  options: HandoffOptions<Y, M, N, L>,
): Step<NeedsOf<Y | M | N | L>> =>
  withId(
    {
      kind: 'handoffToSales',
      args: { to: options.to.colleague, slaMs: options.sla.ms },
      key: `handoff:${options.to.colleague}`,
      branches: {
        yes: options.yes ?? [],
        maybe: options.maybe ?? [],
        never: options.never ?? [],
        late: options.late ?? [],
      },
      uses: { colleagues: [options.to.colleague] },
    },
    options,
  );

const OUTCOMES: readonly string[] = [...SALES_ANSWERS, 'late'];

export const handoffToSalesKind = defineStep<HandoffArgs, HandoffEffect | EscalateEffect>({
  kind: 'handoffToSales',
  outcomes: () => OUTCOMES,
  hears: [systemEvents.handoffAnswered],
  check: ({ slaMs }) =>
    slaMs > 0 && slaMs <= 366 * DAY_MS
      ? []
      : [invalid('an SLA of more than 0 and at most 366 days', slaMs, 'hours(48) is usual.')],
  label: ({ to, slaMs }) =>
    `handoff to ${to}, ${slaMs % HOUR_MS === 0 ? `${slaMs / HOUR_MS} h` : printSpan(slaMs)}`,
  enter: ({ to, slaMs }) => ({
    request: { type: 'effect', effect: { effect: 'handoff', to, slaMs } },
    phase: 'given',
  }),
  on: {
    answered: ({ slaMs }, c, answer) => {
      if (answer.type !== 'effect') return { out: 'late' };
      const { news } = { news: undefined, ...answer.answer };
      if (news !== undefined && OUTCOMES.includes(news)) return { out: news };
      return c.phase === 'given' ? { wait: c.since + slaMs, phase: 'waiting' } : { out: 'late' };
    },
    news: (_, c, news) =>
      c.phase === 'waiting' && OUTCOMES.includes(news) ? { out: news } : undefined,
    woke: ({ to }) => ({
      request: { type: 'effect', effect: { effect: 'escalate', to } },
      phase: 'escalated',
    }),
  },
});
