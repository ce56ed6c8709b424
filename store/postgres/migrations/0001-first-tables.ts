/**
 * The first tables. Texts compare by code point (`collate "C"`): the order is the same on every
 * machine and no upgrade of its locales can damage an index. `seq` keeps the order of arrival.
 */
import { sql, type Kysely } from 'kysely';

const STATEMENTS = [
  `create table cultivo.people (
    seq bigserial, id text collate "C" primary key, profile jsonb not null, zone text collate "C",
    created_at bigint not null)`,
  `create table cultivo.identities (
    seq bigserial, kind text collate "C" not null, value text collate "C" not null,
    person text collate "C" not null, primary key (kind, value))`,
  `create index identities_person on cultivo.identities (person)`,
  `create table cultivo.merged (
    seq bigserial, id text collate "C" primary key, "into" text collate "C" not null)`,
  `create index merged_into on cultivo.merged ("into")`,
  `create table cultivo.events (
    seq bigserial, source text collate "C" not null, id text collate "C" not null,
    person text collate "C" not null, name text collate "C" not null,
    original_name text collate "C" not null, at bigint not null, received_at bigint not null,
    properties jsonb not null, suspected_bot boolean not null, primary key (source, id))`,
  `create index events_person on cultivo.events (person, name, at)`,
  `create table cultivo.consents (
    seq bigserial, person text collate "C" not null, topic text collate "C" not null,
    state text collate "C" not null, at bigint not null, source text collate "C" not null)`,
  `create index consents_person on cultivo.consents (person)`,
  `create table cultivo.suppressions (
    seq bigserial, person text collate "C" not null, channel text collate "C",
    reason text collate "C" not null, at bigint not null)`,
  `create index suppressions_person on cultivo.suppressions (person)`,
  `create table cultivo.enrolments (
    seq bigserial, id text collate "C" primary key, journey text collate "C" not null,
    person text collate "C" not null, plan text collate "C" not null,
    cohort text collate "C" not null, status text collate "C" not null, step text collate "C",
    since bigint not null, entered_at bigint not null, ended_at bigint, error text collate "C",
    position jsonb) with (fillfactor = 70)`,
  // Neither step nor since is indexed: a person who moves on rewrites no index.
  `create index enrolments_journey on cultivo.enrolments (journey, status)`,
  `create index enrolments_person on cultivo.enrolments (person)`,
  `create unique index enrolments_under_way on cultivo.enrolments (person, journey)
    where status in ('live', 'parked')`,
  `create index enrolments_cohort on cultivo.enrolments (cohort)
    where status in ('live', 'parked')`,
  `create index enrolments_plan on cultivo.enrolments (plan) where status in ('live', 'parked')`,
  `create table cultivo.decisions (
    seq bigserial, key text collate "C" primary key, run text collate "C" not null,
    journey text collate "C" not null, person text collate "C" not null,
    plan text collate "C" not null, step text collate "C" not null, at bigint not null,
    what text collate "C" not null, verdict text collate "C" not null, outcome text collate "C",
    reason text collate "C", until bigint, looked jsonb, answer jsonb, git_sha text collate "C")`,
  `create index decisions_run on cultivo.decisions (run)`,
  `create index decisions_person on cultivo.decisions (person)`,
  `create index decisions_journey on cultivo.decisions (journey, at)`,
  `create table cultivo.places (
    seq bigserial, journey text collate "C" primary key, taken bigint not null)`,
  `create table cultivo.messages (
    seq bigserial, key text collate "C" primary key, run text collate "C" not null,
    journey text collate "C" not null, person text collate "C" not null,
    step text collate "C" not null, channel text collate "C" not null,
    template text collate "C" not null, topic text collate "C", class text collate "C" not null,
    "from" text collate "C", at bigint not null, status text collate "C" not null,
    code text collate "C", provider_id text collate "C", rendered jsonb)`,
  `create index messages_person on cultivo.messages (person, channel, class, at)`,
  `create table cultivo.lane_rows (
    seq bigserial, lane text collate "C" not null, key text collate "C" not null,
    cohort text collate "C" not null, person text collate "C" not null, payload jsonb not null,
    at bigint not null, status text collate "C" not null, batch text collate "C",
    code text collate "C", detail text collate "C", primary key (lane, key))`,
  // Finished rows are kept and soon are nearly all: this one leaves them out.
  `create index lane_rows_open on cultivo.lane_rows (lane, status, seq)
    where status in ('waiting', 'claimed')`,
  `create index lane_rows_person on cultivo.lane_rows (person)`,
  `create table cultivo.crm_links (
    seq bigserial, key text collate "C" primary key, kind text collate "C" not null,
    external_id text collate "C" not null)`,
  `create table cultivo.named_values (
    seq bigserial, name text collate "C" primary key, value jsonb)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
