/**
 * The gate before every message, as a pure function: in journey → suppressed → reachable → complete → consent → cap → window.
 * The first refusal wins and is recorded with its reason.
 */
import { spreadOffset } from '../../dsl/calendar/spread.ts';
import { nextWindow, type OpenWindow } from '../../dsl/calendar/window.ts';
import { MINUTE_MS } from '../../dsl/duration.ts';
import type { Instant, WindowPlan } from '../../dsl/plan.ts';
import type { EffectAnswer } from '../../dsl/step.ts';
import type { End } from '../../engine/run.ts';
import type { MessageClass } from '../effect-kind.ts';

/** All that the gate looks at, as of `at`. */
export interface GateFacts {
  readonly at: Instant;
  readonly lead: string;
  readonly zone: string;
  /** Why the run is over, if it is: its exit or goal holds. */
  readonly over: End | undefined;
  /** E-mail address, phone… of the channel, and the reason where there is none. */
  readonly address: string | undefined;
  readonly noAddress: string;
  /** What the message cannot do without. */
  readonly lacks: string | undefined;
  /** The reason, where the person is suppressed on the channel. */
  readonly suppressed: string | undefined;
  /** The latest consent to the topic, and how the topic is consented to. */
  readonly consent: 'in' | 'out' | undefined;
  readonly consentMode: 'opt-in' | 'opt-out';
  /** The first frequency cap that this message would break. */
  readonly brokenCap: BrokenCap | undefined;
  readonly window: WindowPlan | undefined;
  readonly holidays: ReadonlySet<string>;
  readonly spreadMs: number;
  /** Somebody wants it now (`leap`): it waits for nothing, and is skipped for all that it would be. */
  readonly isHurried: boolean;
}

export interface BrokenCap {
  readonly outcome: 'skip' | 'defer';
  /** When the cap leaves room again. */
  readonly room: Instant;
}

export type GateAnswer =
  Extract<EffectAnswer, { verdict: 'skip' | 'defer' | 'leave' }> | { readonly verdict: 'send' };

export function gate(message: MessageClass, facts: GateFacts): GateAnswer {
  if (facts.over !== undefined) return { verdict: 'leave', by: facts.over };
  if (facts.suppressed !== undefined) {
    return { verdict: 'skip', reason: `suppressed: ${facts.suppressed}` };
  }
  if (facts.address === undefined) return { verdict: 'skip', reason: facts.noAddress };
  if (facts.lacks !== undefined) return { verdict: 'skip', reason: `lacks ${facts.lacks}` };
  const answer = consent(message, facts) ?? cap(message, facts) ?? window(facts);
  const goesOn = answer === undefined || (answer.verdict === 'defer' && facts.isHurried);
  return goesOn ? { verdict: 'send' } : answer;
}

function consent({ topic }: MessageClass, facts: GateFacts): GateAnswer | undefined {
  if (topic === null) return undefined;
  if (facts.consent === 'out') return { verdict: 'skip', reason: `unsubscribed from ${topic}` };
  return facts.consent === undefined && facts.consentMode === 'opt-in'
    ? { verdict: 'skip', reason: `no consent to ${topic}` }
    : undefined;
}

function cap(message: MessageClass, { brokenCap }: GateFacts): GateAnswer | undefined {
  if (brokenCap === undefined || message.class === 'transactional') return undefined;
  return brokenCap.outcome === 'skip'
    ? { verdict: 'skip', reason: 'frequency cap' }
    : { verdict: 'defer', until: brokenCap.room, reason: 'frequency cap' };
}

function window(facts: GateFacts): GateAnswer | undefined {
  if (facts.window === undefined) return undefined;
  const next = nextWindow(facts.window, facts.at, facts.zone, facts.holidays);
  if (next.opens <= facts.at) return undefined;
  return {
    verdict: 'defer',
    until: next.opens + spreadOffset(facts.lead, spreadWithin(next, facts.spreadMs)),
    reason: 'send window',
  };
}

/** Whoever came after the window had closed would wait for the next one, and then come late again. */
const spreadWithin = ({ opens, closes }: OpenWindow, spreadMs: number): number =>
  Math.min(spreadMs, Math.max((closes - opens) / 2, closes - opens - LEEWAY_MS));

/** So much later than they were due may people be reached, and still in time. */
const LEEWAY_MS = 2 * MINUTE_MS;
