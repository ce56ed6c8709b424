/** Entry: who may come in, into which cohort, under which plan. Refusals are rows in the ledger too. */
import { DAY_MS } from '../../dsl/duration.ts';
import { type LeadField, leadFields } from '../../dsl/lead-fields.ts';
import type { Project } from '../../dsl/project.ts';
import type { Instant, Plan, ReenterPlan } from '../../dsl/plan.ts';
import { entryPosition, STARTED } from '../../engine/entry.ts';
import type { EnrolItem } from '../../engine/items.ts';
import { type Move, moveBy } from '../../engine/position.ts';
import { isUnderWay } from '../../engine/run.ts';
import { punctualMs } from '../../engine/situation.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import {
  type Decision,
  decisions,
  type Enrolment,
  enrolments,
  laneRows,
  type NewDecision,
  people,
} from '../../store/tables/index.ts';
import { cohortSettings } from '../cohort-settings.ts';
import type { Context } from '../context.ts';
import { entryKey, signalRow } from '../lanes/signals-lane.ts';
import { madeOnce } from '../made-once.ts';
import { ledgerOf, standing } from '../requests/write-moves.ts';

/** Unless the journey says otherwise. */
const ENTER_WITHIN_MS = 7 * DAY_MS;

export interface EntryRequest {
  readonly person: string;
  readonly journey: string;
  readonly at: Instant;
  /** Makes the request unique: the event's id, the enrolling step's key. A repeat changes nothing. */
  readonly cause: string;
  /** Something that happened brings them in: long after it, nobody is brought in any more. */
  readonly byEvent?: boolean;
  /** The person's, where it is known already. */
  readonly zone?: string | null;
  /** Which entry it is of those that led to each other without a wait between them; left out: the first. */
  readonly chain?: number | undefined;
}

export type EntryRefusal =
  | 'in-journey'
  | 'entered-before'
  | 'too-soon'
  | 'too-late'
  | 'draining'
  | 'unknown-journey'
  /** A field that the journey's lead model requires. */
  | `lacks ${string}`;

export type EntryAnswer =
  | { readonly verdict: 'enter'; readonly run: string; readonly cohort: string }
  | { readonly verdict: 'refuse'; readonly reason: EntryRefusal };

/**
 * Enrols people, or refuses them by the journey's rules, inside the caller's transaction. Whoever
 * enters reaches their cohort by the `signals` lane. The caller has locked the people.
 *
 * Answers come in the order of `requests`.
 */
export async function enrol(
  context: Context,
  tx: Transaction,
  requests: readonly EntryRequest[],
): Promise<EntryAnswer[]> {
  const persons = [...new Set(requests.map(({ person }) => person))];
  const before = groupBy(await tx.find(enrolments, { person: persons }), placeOf);
  const known = new Map((await earlierAnswers(tx, requests)).map((row) => [row.key, row]));
  const lacking = await whoLacks(context, tx, requests);
  const placed = new Map<string, EntryRequest>();
  const answers = requests.map((request): EntryAnswer | undefined => {
    const first = known.get(keyOf(request));
    // The first answer to this very request, recorded below.
    if (first !== undefined) return first.answer as EntryAnswer;
    const place = placeOf(request);
    const plan = context.project.plans.get(request.journey);
    const reason = placed.has(place)
      ? 'in-journey'
      : (refusal(plan, before.get(place) ?? [], request.at) ??
        tooLate(context, request) ??
        lacking(request));
    if (reason !== undefined) return { verdict: 'refuse', reason };
    placed.set(place, request);
    return undefined;
  });
  const entered = await enter(context, tx, [...placed.values()], before);
  const complete = answers.map((answer, i) => {
    const request = requests[i];
    if (answer !== undefined || request === undefined) return answer;
    const row = entered.rows.get(placeOf(request));
    return row && ({ verdict: 'enter', run: row.id, cohort: row.cohort } as const);
  }) as EntryAnswer[]; // every request that was not refused has just been placed
  await tx.add(decisions, [
    ...requests.map((request, i) => decision(context, request, complete[i] as EntryAnswer)),
    ...entered.ledger,
  ]);
  return complete;
}

/** What somebody lacks whom the journey's model takes for no lead. */
async function whoLacks(
  { project }: Pick<Context, 'project'>,
  tx: Transaction,
  requests: readonly EntryRequest[],
): Promise<(request: EntryRequest) => EntryRefusal | undefined> {
  const asking = requests.filter(({ journey }) => requiredOf(project, journey).length > 0);
  const id = [...new Set(asking.map(({ person }) => person))];
  const rows = id.length === 0 ? [] : await tx.find(people, { id });
  const profiles = new Map(rows.map((row) => [row.id, row.profile]));
  return ({ journey, person }) => {
    const profile = profiles.get(person) ?? {};
    const field = requiredOf(project, journey).find(([name, { schema }]) => {
      return !(name in profile) || !schema.safeParse(profile[name]).success;
    });
    return field && `lacks ${field[0]}`;
  };
}

const requiredOf = (
  { journeys }: Project,
  journey: string,
): readonly (readonly [string, LeadField])[] =>
  [...leadFields(journeys.get(journey)?.rules.lead)].filter(([, { required }]) => required);

/** What happens counts once, so nobody has asked by it before. */
async function earlierAnswers(
  tx: Transaction,
  requests: readonly EntryRequest[],
): Promise<readonly Decision[]> {
  const repeatable = requests.filter(({ byEvent = false }) => !byEvent);
  if (repeatable.length === 0) return [];
  return tx.find(decisions, { key: repeatable.map(keyOf) });
}

const keyOf = ({ journey, person, cause }: EntryRequest): string =>
  `enter/${journey}/${person}/${cause}`;

const placeOf = ({ journey, person }: Pick<EntryRequest, 'journey' | 'person'>): string =>
  `${journey} ${person}`;

function refusal(
  plan: Plan | undefined,
  before: readonly Enrolment[],
  at: Instant,
): EntryRefusal | undefined {
  if (plan === undefined) return 'unknown-journey';
  if (plan.rules.inFlight === 'drain') return 'draining';
  if (before.some(({ status }) => isUnderWay(status))) return 'in-journey';
  return before.length === 0 ? undefined : tooOften(plan.rules.reenter, before, at);
}

/** Nobody is brought in by what has long been over. */
function tooLate(
  { project, clock }: Context,
  { journey, at, byEvent = false }: EntryRequest,
): EntryRefusal | undefined {
  const withinMs = project.journeys.get(journey)?.rules.enterWithin?.ms ?? ENTER_WITHIN_MS;
  return byEvent && clock() - at > withinMs ? 'too-late' : undefined;
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

/** Gives each a run and a cohort, writes where it begins, and a signal for its cohort. */
async function enter(
  context: Context,
  tx: Transaction,
  entering: readonly EntryRequest[],
  before: ReadonlyMap<string, readonly Enrolment[]>,
) {
  const { project, newId } = context;
  const zones = await zonesOf(tx, entering);
  const begun: Begun[] = [];
  for (const [journey, requests] of groupBy(entering, (request) => request.journey)) {
    const plan = project.plans.get(journey);
    if (plan === undefined) continue; // refused before
    const cohorts = await cohortsFor(context, tx, journey, requests.length);
    for (const [i, request] of requests.entries()) {
      const { person, at } = request;
      const run = newId();
      // What comes back by a way that counts no chain comes back at the same instant.
      const same = before.get(placeOf(request))?.filter(({ enteredAt }) => enteredAt === at);
      const chain = Math.max(request.chain ?? 1, (same?.length ?? 0) + 1);
      const zone = zones.get(person) ?? project.config.fallbackZone ?? 'UTC';
      const item: EnrolItem = {
        type: 'enrol',
        run,
        lead: person,
        plan: plan.hash,
        zone,
        at,
        ...(chain > 1 ? { chain } : {}),
      };
      begun.push({ item, cohort: cohorts[i] ?? `${journey}/${run}`, plan });
    }
  }
  const placed = begun.map((each) => ({ ...each, move: firstMove(context, each) }));
  const rows = placed.map(enrolmentOf);
  await tx.add(enrolments, rows);
  await tx.add(
    laneRows,
    begun.map(({ item, cohort, plan: { id: journey } }) =>
      signalRow(entryKey(item.run), { journey, item }, { cohort, person: item.lead, at: item.at }),
    ),
  );
  return {
    rows: new Map(rows.map((row) => [placeOf(row), row])),
    /** Ways and ends of their first steps. */
    ledger: placed.flatMap(({ move }) => ledgerOf(context, { ...move, enrolment: undefined })),
  };
}

async function zonesOf(
  tx: Transaction,
  entering: readonly EntryRequest[],
): Promise<ReadonlyMap<string, string | null | undefined>> {
  const asked = entering.filter(({ zone }) => zone === undefined);
  const found =
    asked.length === 0 ? [] : await tx.find(people, { id: asked.map(({ person }) => person) });
  return new Map([
    ...entering.map(({ person, zone }) => [person, zone] as const),
    ...found.map(({ id, zone }) => [id, zone] as const),
  ]);
}

interface Begun {
  readonly item: EnrolItem;
  readonly cohort: string;
  readonly plan: Plan;
}

/** Of each; undefined: one of their own. */
async function cohortsFor(
  { project, clock, crowds, newId }: Context,
  tx: Transaction,
  journey: string,
  count: number,
): Promise<readonly (string | undefined)[]> {
  const size = project.journeys.get(journey)?.rules.cohortSize;
  if (size === undefined) return crowds.cohortsFor(journey, count, clock(), newId);
  if (size === 1) return [];
  // Tells cohorts of one store from those of another in the same namespace, or of one that was emptied.
  const store = await madeOnce(tx, 'store-name', newId);
  return (await tx.takePlaces(journey, size, count)).map((place) => `${journey}/${store}/${place}`);
}

const enrolmentOf = ({ item, cohort, plan, move }: Begun & { move: Move }): Enrolment => ({
  journey: plan.id,
  person: item.lead,
  plan: plan.hash,
  cohort,
  enteredAt: item.at,
  ...standing(move),
});

/** The interpreter is pure: where a run begins is known before its cohort hears of it. */
function firstMove({ project, clock }: Context, { item, cohort, plan }: Begun): Move {
  const { tickMs, spreadMs } = cohortSettings(project, plan.id, cohort);
  const now = clock();
  const isLate = now - item.at > punctualMs({ tickMs, exact: true });
  const at = isLate ? now : item.at;
  const position = entryPosition(item, at);
  const still: Move = { position, at, ways: [] };
  if (position.parked !== undefined) return still;
  const late = isLate ? { listensFrom: item.at } : {};
  try {
    return moveBy(plan, position.run, STARTED, { at, spreadMs, ...late });
  } catch {
    return still; // the cohort will meet the same error and park it
  }
}

function decision(context: Context, request: EntryRequest, answer: EntryAnswer): NewDecision {
  const entered = answer.verdict === 'enter';
  return {
    key: keyOf(request),
    run: entered ? answer.run : '',
    journey: request.journey,
    person: request.person,
    plan: context.project.plans.get(request.journey)?.hash ?? '',
    step: '',
    at: request.at,
    what: 'enter',
    verdict: answer.verdict,
    reason: entered ? null : answer.reason,
    answer: { ...answer },
    gitSha: context.gitSha,
  };
}
