/**
 * The first tables. Texts compare by code point (`collate "C"`): the order is the same on every
 * machine and no upgrade of its locales can damage an index. `seq` keeps the order of arrival.
 */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  `create table cultivo.people (
    id text collate "C" primary key, profile jsonb not null, zone text, created_at bigint not null)`,
  `create table cultivo.identities (
    kind text collate "C" not null, value text collate "C" not null, person text collate "C" not null,
    primary key (kind, value))`,
  `create index identities_person on cultivo.identities (person)`,
  `create table cultivo.events (
    seq bigserial, source text collate "C" not null, id text collate "C" not null,
    person text collate "C" not null, name text collate "C" not null, original_name text not null,
    at bigint not null, received_at bigint not null, properties jsonb not null,
    suspected_bot boolean not null, primary key (source, id))`,
  `create index events_person on cultivo.events (person, name, at)`,
  `create table cultivo.score_entries (
    seq bigserial, person text collate "C" not null, source text collate "C" not null,
    event text collate "C" not null, rule text collate "C" not null,
    points double precision not null, at bigint not null, primary key (person, source, event, rule))`,
  `create table cultivo.lead_scores (
    person text collate "C" primary key, total double precision not null, grade text, at bigint not null)`,
  `create table cultivo.consents (
    seq bigserial, person text collate "C" not null, topic text collate "C" not null,
    state text not null, at bigint not null, source text not null)`,
  `create index consents_person on cultivo.consents (person, topic, at desc, seq desc)`,
  `create table cultivo.suppressions (
    seq bigserial, person text collate "C" not null, channel text, reason text not null, at bigint not null)`,
  `create index suppressions_person on cultivo.suppressions (person)`,
  `create table cultivo.cohort_places (journey text collate "C" primary key, taken bigint not null)`,
  `create table cultivo.enrolments (
    seq bigserial, id text collate "C" primary key, journey text collate "C" not null,
    person text collate "C" not null, plan text not null, cohort text not null,
    status text collate "C" not null, step text collate "C", since bigint not null,
    entered_at bigint not null, ended_at bigint, error text) with (fillfactor = 70)`,
  `create unique index enrolments_live on cultivo.enrolments (person, journey) where status = 'live'`,
  `create index enrolments_person on cultivo.enrolments (person)`,
  // Neither step nor since is indexed: a person who moves on rewrites no index.
  `create index enrolments_journey on cultivo.enrolments (journey, status)`,
  `create table cultivo.decisions (
    seq bigserial, key text collate "C" primary key, run text collate "C" not null,
    journey text collate "C" not null, person text collate "C" not null, plan text not null,
    step text not null, at bigint not null, what text not null, verdict text not null, reason text,
    until bigint, answer jsonb, git_sha text)`,
  `create index decisions_run on cultivo.decisions (run)`,
  `create index decisions_person on cultivo.decisions (person)`,
  `create index decisions_journey on cultivo.decisions (journey, at)`,
  `create table cultivo.messages (
    seq bigserial, key text collate "C" primary key, run text not null, journey text not null,
    person text collate "C" not null, step text not null, channel text collate "C" not null,
    template text not null, topic text, class text collate "C" not null, "from" text,
    at bigint not null, status text not null, code text, provider_id text, rendered jsonb)`,
  `create index messages_person on cultivo.messages (person, channel, class, at)`,
  `create table cultivo.lane_rows (
    seq bigserial, lane text collate "C" not null, key text collate "C" not null,
    cohort text collate "C" not null, person text collate "C" not null, payload jsonb not null,
    at bigint not null, status text not null, batch text, code text, detail text,
    primary key (lane, key))`,
  // Finished rows are kept and soon are nearly all: these two leave them out.
  `create index lane_rows_open on cultivo.lane_rows (lane, status, seq)
    where status in ('waiting', 'claimed')`,
  `create index lane_rows_cohort_open on cultivo.lane_rows (cohort)
    where status in ('waiting', 'claimed')`,
  `create index lane_rows_cohort on cultivo.lane_rows (cohort)`,
  `create index lane_rows_person on cultivo.lane_rows (person)`,
  `create table cultivo.crm_links (
    key text collate "C" primary key, kind text not null, external_id text not null)`,
  `create table cultivo.named_values (name text collate "C" primary key, value jsonb)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
