/** The tables of the store. A field is the column of the same name in snake_case. */
import type {
  Consent,
  CrmLink,
  Decision,
  Enrolment,
  EventRow,
  Identity,
  LaneRow,
  LeadScore,
  Message,
  Person,
  ScoreEntry,
  Suppression,
} from '../rows.ts';
import { table } from './table.ts';

export const people = table<Person>('people', {
  id: 'text',
  profile: 'jsonb',
  zone: 'text',
  createdAt: 'bigint',
});

export const identities = table<Identity>('identities', {
  kind: 'text',
  value: 'text',
  person: 'text',
});

export const events = table<EventRow>('events', {
  source: 'text',
  id: 'text',
  person: 'text',
  name: 'text',
  originalName: 'text',
  at: 'bigint',
  receivedAt: 'bigint',
  properties: 'jsonb',
  suspectedBot: 'boolean',
});

export const scoreEntries = table<ScoreEntry>('score_entries', {
  person: 'text',
  source: 'text',
  event: 'text',
  rule: 'text',
  points: 'double precision',
  at: 'bigint',
});

export const leadScores = table<LeadScore>('lead_scores', {
  person: 'text',
  total: 'double precision',
  grade: 'text',
  at: 'bigint',
});

export const consents = table<Consent>('consents', {
  person: 'text',
  topic: 'text',
  state: 'text',
  at: 'bigint',
  source: 'text',
});

export const suppressions = table<Suppression>('suppressions', {
  person: 'text',
  channel: 'text',
  reason: 'text',
  at: 'bigint',
});

export const enrolments = table<Enrolment>('enrolments', {
  id: 'text',
  journey: 'text',
  person: 'text',
  plan: 'text',
  cohort: 'text',
  status: 'text',
  step: 'text',
  since: 'bigint',
  enteredAt: 'bigint',
  endedAt: 'bigint',
  error: 'text',
});

export const decisions = table<Decision>('decisions', {
  key: 'text',
  run: 'text',
  journey: 'text',
  person: 'text',
  plan: 'text',
  step: 'text',
  at: 'bigint',
  what: 'text',
  verdict: 'text',
  reason: 'text',
  until: 'bigint',
  answer: 'jsonb',
  gitSha: 'text',
});

export const messages = table<Message>('messages', {
  key: 'text',
  run: 'text',
  journey: 'text',
  person: 'text',
  step: 'text',
  channel: 'text',
  template: 'text',
  topic: 'text',
  class: 'text',
  from: 'text',
  at: 'bigint',
  status: 'text',
  code: 'text',
  providerId: 'text',
  rendered: 'jsonb',
});

export const laneRows = table<LaneRow>('lane_rows', {
  lane: 'text',
  key: 'text',
  cohort: 'text',
  person: 'text',
  payload: 'jsonb',
  at: 'bigint',
  status: 'text',
  batch: 'text',
  code: 'text',
  detail: 'text',
});

export const crmLinks = table<CrmLink>('crm_links', {
  key: 'text',
  kind: 'text',
  externalId: 'text',
});
