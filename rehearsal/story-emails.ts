/** The e-mails of a story, as their reader got them. */
import type { Instant, JsonObject, StepId } from '../dsl/plan.ts';
import type { Message } from '../store/tables/index.ts';

export interface StoryEmail {
  /** When the journey let it go. */
  readonly at: Instant;
  readonly journey: string;
  readonly step: StepId;
  readonly template: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  /** What mail programs without markup show. */
  readonly text: string;
  readonly html: string;
}

/** In the order in which they left; those that were refused or withheld are left out. */
export const emailsOf = (messages: readonly Message[]): readonly StoryEmail[] =>
  messages.flatMap(({ channel, status, rendered, at, journey, step, template }) => {
    if (channel !== 'email' || status !== 'sent' || rendered === null) return [];
    // As it was rendered for its sender.
    const of = rendered as JsonObject;
    const text = (field: string): string => {
      const value = of[field];
      return typeof value === 'string' ? value : '';
    };
    return {
      at,
      journey,
      step,
      template,
      to: text('to'),
      from: text('from'),
      subject: text('subject'),
      text: text('text'),
      html: text('html'),
    };
  });
