/** The author's own code (`step`, `check`), outside the sandbox. At least once; `key` is the same at every attempt. */
import { leavesOf, listensTo, looksAt, ownCodeIn } from '../../dsl/conditions/index.ts';
import type { Facts } from '../../dsl/condition.ts';
import type { Instant, Json } from '../../dsl/plan.ts';
import { NO_SCORE } from '../../dsl/scoring/no-score.ts';
import type { Answer, Request } from '../../dsl/step.ts';
import { labelIn } from '../../dsl/steps/index.ts';
import type { OwnCodeAsked } from '../../engine/asked.ts';
import { isUnderWay } from '../../engine/run.ts';
import { decisions, type Enrolment, type NewDecision } from '../../store/tables/index.ts';
import { factsOf } from '../past/facts.ts';
import { type KnownPerson, loadPeople } from '../past/load-people.ts';
import type { World } from '../world.ts';
import { decide } from './decide.ts';
import { discreetly } from './discreetly.ts';
import { lockRuns } from './known.ts';

type Uses = Pick<World, 'store' | 'project' | 'plan' | 'gitSha'>;

/**
 * Once it has answered, the answer stands: whoever asks again, another incarnation of the cohort too, gets that.
 *
 * @throws OwnCodeFailed, or Error where the config no longer knows the name; Temporal tries again, after a deploy too.
 */
export async function runOwnCode(world: Uses, asked: OwnCodeAsked): Promise<Answer> {
  const { run, request } = asked;
  const { status, known, first } = await world.store.transaction(async (tx) => {
    const row = (await lockRuns(tx, [{ run: { id: run } }])).get(run);
    if (row === undefined) await tx.lock([asked.lead]);
    const [before] = await tx.find(decisions, { key: asked.key });
    const id = row?.person ?? asked.lead;
    const { scoring } = world.project.config;
    const person = (await loadPeople(tx, scoring, [{ ...asked, person: id }]))(id);
    return { status: row?.status ?? 'live', known: person, first: before?.answer };
  });
  // Written below.
  if (first !== undefined) return first as unknown as Answer;
  // Nobody waits for it any more.
  if (!isUnderWay(status))
    return request.type === 'own' ? { type: 'own' } : { type: 'decide', verdicts: [] };
  const answer = await answerTo(world.project, asked, known);
  await world.store.transaction(async (tx) => {
    const enrolment = (await lockRuns(tx, [{ run: { id: run } }])).get(run);
    if (enrolment !== undefined)
      await tx.add(decisions, [decisionOf(world, asked, enrolment, answer)]);
  });
  return answer;
}

async function answerTo(
  project: World['project'],
  asked: OwnCodeAsked,
  { person, past }: KnownPerson,
): Promise<Answer> {
  const { key, at, request } = asked;
  if (person === undefined) {
    throw new Error(`Person ${asked.lead}: expected it in the store. [unknown-person]`);
  }
  // The profile is checked where it comes in; the types of the journey say which lead it is.
  const profile = person.profile as never;
  if (request.type === 'own') {
    const own = project.ownSteps.get(request.name) ?? missing('step', request.name);
    await discreetly(person.profile, () => own.run({ lead: profile, at, key }));
    return { type: 'own' };
  }
  const checks: Record<string, boolean> = {};
  for (const name of checksIn(request)) {
    const check = project.checks.get(name) ?? missing('check', name);
    checks[name] = await discreetly(person.profile, () => check.run({ lead: profile, at }));
  }
  const facts = factsOf(project.config.scoring, person.profile, past, at);
  return withoutProfile(asked, decide(asked, facts, checks));
}

/** Answers of own code are kept in histories: what a verdict found in the profile is no part of them. */
function withoutProfile(
  { request, at }: OwnCodeAsked,
  answer: Extract<Answer, { type: 'decide' }>,
): Answer {
  const found = questionsOf(request)
    .flatMap(({ condition }) => leavesOf(condition))
    .filter((leaf) => listensTo([leaf]).profile)
    .flatMap((leaf) => Object.keys(looksAt(leaf, NOBODY, at)));
  const looked = Object.entries(answer.looked ?? {}).filter(([key]) => !found.includes(key));
  return { ...answer, looked: Object.fromEntries(looked) };
}

const NOBODY: Facts = { at: 0, profile: {}, behaviour: [], ...NO_SCORE };

const questionsOf = (request: Request): Extract<Request, { type: 'decide' }>['questions'] =>
  request.type === 'decide' ? request.questions : [];

const checksIn = (request: Request): ReadonlySet<string> =>
  new Set(questionsOf(request).flatMap(({ condition }) => ownCodeIn(condition)));

function decisionOf(
  { plan, gitSha }: Pick<Uses, 'plan' | 'gitSha'>,
  { key, run, at }: { readonly key: string; readonly run: string; readonly at: Instant },
  { journey, person, plan: hash, step: place }: Enrolment,
  answer: Answer,
): NewDecision {
  const step = place ?? '';
  return {
    key,
    run,
    journey,
    person,
    plan: hash,
    step,
    at,
    what: labelIn(plan(hash), step),
    verdict: 'ran',
    answer: answer as unknown as Json,
    gitSha,
  };
}

function missing(kind: string, name: string): never {
  throw new Error(
    `Own ${kind} "${name}": expected it in the config, received none. ` +
      'Keep the code of people under way, or rename nothing. [unknown-own-code]',
  );
}
