/** All that is known of one person: who they are, how they score and why, where they stand, and their whole story. */
import type { World } from '../activities/world.ts';
import type { Instant, JsonObject, StepId } from '../dsl/plan.ts';
import { prepareScore } from '../dsl/scoring/score-lead.ts';
import type { Score } from '../dsl/scoring/scoring-model.ts';
import { labelIn } from '../dsl/steps/index.ts';
import type { RunStatus } from '../engine/run.ts';
import type { Transaction } from '../store/store.ts';
import {
  type Consent,
  consents,
  decisions,
  type Enrolment,
  enrolments,
  events,
  type EventRow,
  type Identity,
  type Message,
  messages,
  type MisfitRow,
  misfits,
  type Suppression,
  suppressions,
} from '../store/tables/index.ts';
import { findPerson, type FoundPerson, nameOf, userOf } from './find-person.ts';
import { entryOfDecision, entryOfEvent, type StoryEntry } from './story-entry.ts';

export interface PersonView {
  /** The store's id. */
  readonly id: string;
  readonly name: string;
  /** As their sender calls them. */
  readonly user: string | null;
  readonly identities: readonly Pick<Identity, 'kind' | 'value'>[];
  readonly profile: JsonObject;
  /** Where their days begin: their own zone, or the config's for whoever has none. */
  readonly zone: string;
  readonly hasOwnZone: boolean;
  readonly createdAt: Instant;
  readonly consents: readonly Omit<Consent, 'person'>[];
  readonly suppressions: readonly Omit<Suppression, 'person'>[];
  /** Null where nothing is scored. */
  readonly score: Score | null;
  /** The total over time, oldest first; empty where nothing is scored. */
  readonly curve: readonly ScorePoint[];
  /** Newest first. */
  readonly runs: readonly RunView[];
  /** What did not fit of what was said of them, the newest last. */
  readonly misfits: readonly Omit<MisfitRow, 'source' | 'id' | 'person'>[];
  /** In the order in which it happened; the newest where there is more. */
  readonly story: readonly StoryEntry[];
  /** How many lines stand before those. */
  readonly earlier: number;
}

export interface ScorePoint {
  readonly at: Instant;
  readonly total: number;
}

export interface RunView {
  readonly run: string;
  readonly journey: string;
  readonly plan: string;
  readonly status: RunStatus;
  readonly step: StepId | null;
  readonly label: string | null;
  readonly since: Instant;
  /** When they go on by themselves; null: when something happens, or somebody retries. */
  readonly until: Instant | null;
  readonly enteredAt: Instant;
  readonly endedAt: Instant | null;
  /** Why they are parked. */
  readonly error: string | null;
}

export interface PersonViewOptions {
  /** Lines of the story. Default 500. */
  readonly most?: number;
}

const MOST_LINES = 500;

/** Undefined: the store knows nobody of that name. */
export const personView = (
  world: World,
  who: string,
  options: PersonViewOptions = {},
): Promise<PersonView | undefined> =>
  world.store.transaction(async (tx) => {
    const found = await findPerson(tx, who);
    return found && viewOf(world, tx, found, options);
  });

async function viewOf(
  world: World,
  tx: Transaction,
  { person, identities }: FoundPerson,
  { most = MOST_LINES }: PersonViewOptions,
): Promise<PersonView> {
  const whose = { person: person.id };
  const done = await tx.find(events, whose);
  const sent = new Map(
    (await tx.find(messages, whose)).map((each) => [`${each.run}/${each.step}`, each]),
  );
  const messageOf = (run: string, step: StepId): Message | undefined => sent.get(`${run}/${step}`);
  const decided = await tx.find(decisions, whose);
  const story = [
    // Of one instant what they did comes first: the rest follows from it.
    ...done.map(entryOfEvent),
    ...decided.flatMap((row) => entryOfDecision(row, messageOf)),
  ].toSorted((a, b) => a.at - b.at);
  const now = world.clock();
  return {
    id: person.id,
    name: nameOf(person, identities),
    user: userOf(identities) ?? null,
    identities: identities.map(({ kind, value }) => ({ kind, value })),
    profile: person.profile,
    zone: person.zone ?? world.project.config.fallbackZone ?? 'UTC',
    hasOwnZone: person.zone !== null,
    createdAt: person.createdAt,
    consents: (await tx.find(consents, whose)).map(({ topic, state, at, source }) => ({
      topic,
      state,
      at,
      source,
    })),
    suppressions: (await tx.find(suppressions, whose)).map(({ channel, reason, at }) => ({
      channel,
      reason,
      at,
    })),
    ...scores(world, person, done, now),
    runs: (await tx.find(enrolments, whose))
      .toSorted((a, b) => b.enteredAt - a.enteredAt)
      .map((run) => runView(world, run)),
    misfits: (await tx.find(misfits, whose))
      .slice(-most)
      .map(({ at, name, path, expected, received, fix }) => ({
        at,
        name,
        path,
        expected,
        received,
        fix,
      })),
    story: story.slice(-most),
    earlier: Math.max(0, story.length - most),
  };
}

export function runView({ plan }: Pick<World, 'plan'>, run: Enrolment): RunView {
  const { id, step, position } = run;
  return {
    run: id,
    journey: run.journey,
    plan: run.plan,
    status: run.status,
    step,
    label: step === null ? null : labelIn(plan(run.plan), step),
    since: run.since,
    until: run.status === 'live' ? (position?.run.wakeAt ?? null) : null,
    enteredAt: run.enteredAt,
    endedAt: run.endedAt,
    error: run.error,
  };
}

const POINTS = 60;

/** Now, and at points between the first thing that is known of them and now. */
function scores(
  { project }: Pick<World, 'project'>,
  { profile, createdAt }: FoundPerson['person'],
  done: readonly EventRow[],
  now: Instant,
): Pick<PersonView, 'score' | 'curve'> {
  const model = project.config.scoring;
  if (model === undefined) return { score: null, curve: [] };
  const scoreAt = prepareScore(model, { profile, behaviour: done });
  const from = Math.min(createdAt, done[0]?.at ?? now, now);
  const even = Array.from({ length: POINTS }, (_, i) => from + ((now - from) * i) / (POINTS - 1));
  // Steps show where something happened.
  const steps = done.length > POINTS ? [] : done.flatMap(({ at }) => [at - 1, at]);
  const instants = [...new Set([...even, ...steps])]
    .filter((at) => at >= from && at <= now)
    .toSorted((a, b) => a - b);
  return {
    score: scoreAt(now),
    curve: instants.map((at) => ({ at, total: scoreAt(at).total })),
  };
}
