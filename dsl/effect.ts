/** What journeys do to the world, as data. A small closed set: each has its file in `activities/effects`. */
import type { Instant, JsonObject } from './plan.ts';

export type Effect =
  | {
      /** A message to the lead; passes the gate. */
      readonly effect: 'message';
      readonly channel: 'email';
      readonly template: string;
      readonly topic: string | null;
      readonly class: 'marketing' | 'transactional';
      /** A colleague's id or `owner`; null: the brand. */
      readonly from: string | null;
    }
  | {
      /** A phone call that one of the firm's people makes; passes the gate as channel `call`. */
      readonly effect: 'call';
      readonly task: string;
      readonly by: string;
    }
  | { readonly effect: 'notify'; readonly to: string; readonly text: string }
  | { readonly effect: 'setFields'; readonly fields: JsonObject }
  | { readonly effect: 'setStage'; readonly stage: string }
  | { readonly effect: 'enrol'; readonly journey: string }
  | { readonly effect: 'handoff'; readonly to: string; readonly slaMs: number }
  | { readonly effect: 'escalate'; readonly to: string };

/** What became of an effect. `told`: news that had already come (sales answered before the escalation). */
export type EffectAnswer =
  | { readonly verdict: 'done'; readonly told?: string }
  | { readonly verdict: 'skip'; readonly reason: string }
  | { readonly verdict: 'defer'; readonly until: Instant; readonly reason: string }
  | { readonly verdict: 'leave'; readonly by: 'exit' | 'goal' | 'completed' | 'merged' };
