/** A made-up sales team: how it answers the handoffs of a rehearsal. */
import type { Duration } from '../dsl/duration.ts';

export type SalesAnswer = 'yes' | 'maybe' | 'never';

export interface SalesReply {
  readonly answer: SalesAnswer;
  readonly after: Duration;
}

/** Says how the n-th handoff of a story (from 1) is answered; undefined: not at all. */
export type SalesTeam = (handoff: number) => SalesReply | undefined;

/**
 * Answers every handoff alike.
 *
 * @example
 * salesAnswers('maybe', { after: hours(5) })(1) // => { answer: 'maybe', after: hours(5) }
 */
export const salesAnswers =
  (answer: SalesAnswer, options: { readonly after: Duration }): SalesTeam =>
  () => ({ answer, after: options.after });
