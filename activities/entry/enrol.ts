/** Entry: who may come in, into which cohort, under which plan. Refusals are rows in the ledger too. */
import type { Instant, Plan, ReenterPlan } from '../../dsl/plan.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Decision, Enrolment } from '../../store/rows.ts';
import type { NewLaneRow, Transaction } from '../../store/store.ts';
import type { EnrolItem } from '../../engine/cohort-item.ts';
import type { World } from '../world.ts';

export interface EntryRequest {
  readonly person: string;
  readonly journey: string;
  readonly at: Instant;
  /** Makes the request unique: the event's id, the enrolling step's key. A repeat changes nothing. */
  readonly cause: string;
}

export type EntryRefusal =
  'in-journey' | 'entered-before' | 'too-soon' | 'draining' | 'unknown-journey';

export type EntryAnswer =
  | { readonly verdict: 'enter'; readonly run: string; readonly cohort: string }
  | { readonly verdict: 'refuse'; readonly reason: EntryRefusal };

/**
 * Enrols people, or refuses them by the journey's rules, inside the caller's transaction. Whoever
 * enters is told to their cohort by the `signals` lane. The caller has locked the people.
 *
 * Answers come in the order of `requests`.
 */
export async function enrol(
  world: World,
  tx: Transaction,
  requests: readonly EntryRequest[],
): Promise<EntryAnswer[]> {
  const people = [...new Set(requests.map(({ person }) => person))];
  const before = groupBy(
    await tx.enrolments({ people }),
    ({ person, journey }) => `${journey} ${person}`,
  );
  const known = new Map(
    (await tx.decisions({ keys: requests.map(keyOf) })).map((row) => [row.key, row]),
  );
  const entering = new Map<string, EntryRequest>();
  const answers = requests.map((request): EntryAnswer | undefined => {
    const first = known.get(keyOf(request));
    // The first answer to this very request, recorded below.
    if (first !== undefined) return first.answer as EntryAnswer;
    const place = `${request.journey} ${request.person}`;
    const plan = world.project.plans.get(request.journey);
    const reason = entering.has(place)
      ? 'in-journey'
      : refusal(plan, before.get(place) ?? [], request.at);
    if (reason !== undefined) return { verdict: 'refuse', reason };
    entering.set(place, request);
    return undefined;
  });
  const entered = await place(world, tx, [...entering.values()]);
  const complete = answers.map((answer, i) => {
    const request = requests[i];
    if (answer !== undefined || request === undefined) return answer;
    const row = entered.get(`${request.journey} ${request.person}`);
    return row && ({ verdict: 'enter', run: row.id, cohort: row.cohort } as const);
  }) as EntryAnswer[]; // every request that was not refused has just been placed
  await tx.addDecisions(
    requests.map((request, i) => decision(world, request, complete[i] as EntryAnswer)),
  );
  return complete;
}

const keyOf = ({ journey, person, cause }: EntryRequest): string =>
  `enter/${journey}/${person}/${cause}`;

function refusal(
  plan: Plan | undefined,
  before: readonly Enrolment[],
  at: Instant,
): EntryRefusal | undefined {
  if (plan === undefined) return 'unknown-journey';
  if (plan.rules.inFlight === 'drain') return 'draining';
  if (before.some(({ status }) => status === 'live' || status === 'parked')) return 'in-journey';
  return before.length === 0 ? undefined : tooOften(plan.rules.reenter, before, at);
}

function tooOften(
  reenter: ReenterPlan,
  before: readonly Enrolment[],
  at: Instant,
): EntryRefusal | undefined {
  if (reenter.policy === 'always') return undefined;
  if (reenter.policy === 'never') return 'entered-before';
  const last = Math.max(...before.map(({ enteredAt }) => enteredAt));
  return at < last + reenter.ms ? 'too-soon' : undefined;
}

/** Gives each a run and a cohort, and tells the cohorts. */
async function place(
  world: World,
  tx: Transaction,
  entering: readonly EntryRequest[],
): Promise<ReadonlyMap<string, Enrolment>> {
  const zones = new Map(
    (await tx.people(entering.map(({ person }) => person))).map(({ id, zone }) => [id, zone]),
  );
  const rows: Enrolment[] = [];
  const signals: NewLaneRow[] = [];
  for (const [journey, requests] of groupBy(entering, (request) => request.journey)) {
    const plan = world.project.plans.get(journey);
    if (plan === undefined) continue; // refused before
    const size = world.project.journeys.get(journey)?.rules.cohortSize ?? 1;
    const places = size === 1 ? [] : await tx.takePlaces(journey, size, requests.length);
    const store = size === 1 ? '' : await storeName(world, tx);
    requests.forEach(({ person, at }, i) => {
      const id = world.newId();
      const cohort = size === 1 ? `${journey}/${id}` : `${journey}/${store}/${places[i]}`;
      rows.push({
        id,
        journey,
        person,
        plan: plan.hash,
        cohort,
        status: 'live',
        step: plan.start,
        since: at,
        enteredAt: at,
        endedAt: null,
        error: null,
      });
      const item: EnrolItem = {
        type: 'enrol',
        run: id,
        lead: person,
        plan: plan.hash,
        zone: zones.get(person) ?? world.project.config.fallbackZone ?? 'UTC',
        at,
      };
      signals.push({
        lane: 'signals',
        key: `enrol/${id}`,
        cohort,
        person,
        at,
        payload: { journey, item: { ...item } },
      });
    });
  }
  await tx.addEnrolments(rows);
  await tx.addLaneRows(signals);
  return new Map(rows.map((row) => [`${row.journey} ${row.person}`, row]));
}

const STORE_NAME = 'store-name';

/** Tells cohorts of one store from those of another in the same namespace, or of one that was emptied. */
async function storeName(world: World, tx: Transaction): Promise<string> {
  const known = await tx.value(STORE_NAME);
  if (typeof known === 'string') return known;
  await tx.lock([STORE_NAME]);
  const other = await tx.value(STORE_NAME);
  if (typeof other === 'string') return other;
  const name = world.newId();
  await tx.putValue(STORE_NAME, name);
  return name;
}

function decision(world: World, request: EntryRequest, answer: EntryAnswer): Decision {
  const entered = answer.verdict === 'enter';
  return {
    key: keyOf(request),
    run: entered ? answer.run : '',
    journey: request.journey,
    person: request.person,
    plan: world.project.plans.get(request.journey)?.hash ?? '',
    step: '',
    at: request.at,
    what: 'enter',
    verdict: answer.verdict,
    reason: entered ? null : answer.reason,
    until: null,
    answer: { ...answer },
    gitSha: world.gitSha,
  };
}
