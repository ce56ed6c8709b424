/** Whole rows for tests, of which a test names only what it is about. */
import type {
  Consent,
  Decision,
  Enrolment,
  EventRow,
  LaneRow,
  Message,
  Person,
} from '../tables/index.ts';

export const NOON = Date.UTC(2026, 2, 2, 12);

export function person(id: string, rest: Partial<Person> = {}): Person {
  return { id, profile: { name: id }, zone: 'Europe/Madrid', createdAt: NOON, ...rest };
}

export function event(id: string, rest: Partial<EventRow> = {}): EventRow {
  return {
    source: 'site',
    id,
    person: 'ana',
    name: 'pricing viewed',
    originalName: 'Pricing Viewed',
    at: NOON,
    receivedAt: NOON + 5,
    properties: { plan: 'pro' },
    suspectedBot: false,
    ...rest,
  };
}

export function consent(topic: string, rest: Partial<Consent> = {}): Consent {
  return { person: 'ana', topic, state: 'in', at: NOON, source: 'form', ...rest };
}

export function enrolment(id: string, rest: Partial<Enrolment> = {}): Enrolment {
  return {
    id,
    journey: 'nurture',
    person: 'ana',
    plan: 'cafe',
    cohort: 'nurture/0',
    status: 'live',
    step: 'email:intro',
    since: NOON,
    enteredAt: NOON,
    endedAt: null,
    error: null,
    position: null,
    ...rest,
  };
}

export function decision(key: string, rest: Partial<Decision> = {}): Decision {
  return {
    key,
    run: 'run-1',
    journey: 'nurture',
    person: 'ana',
    plan: 'cafe',
    step: 'email:intro',
    at: NOON,
    what: 'email intro',
    verdict: 'send',
    outcome: null,
    reason: null,
    until: null,
    looked: null,
    answer: { outcome: 'sent' },
    gitSha: null,
    ...rest,
  };
}

export function message(key: string, rest: Partial<Message> = {}): Message {
  return {
    key,
    run: 'run-1',
    journey: 'nurture',
    person: 'ana',
    step: 'email:intro',
    channel: 'email',
    template: 'intro',
    topic: 'news',
    class: 'marketing',
    from: 'owner',
    at: NOON,
    status: 'waiting',
    code: null,
    providerId: null,
    rendered: null,
    ...rest,
  };
}

export function laneRow(key: string, rest: Partial<LaneRow> = {}): LaneRow {
  return {
    lane: 'email',
    key,
    cohort: 'nurture/0',
    person: 'ana',
    payload: { message: key },
    at: NOON,
    status: 'waiting',
    batch: null,
    code: null,
    detail: null,
    attempts: 0,
    notBefore: null,
    since: null,
    ...rest,
  };
}

/** `count` values made from their index. */
export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
