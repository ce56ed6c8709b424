/** What is known of those who ask, loaded once for a batch and handed on as values. */
import type { Json, Plan } from '../../dsl/plan.ts';
import { type Asked, requestKey, wayKey } from '../../engine/asked.ts';
import type { Run } from '../../engine/run.ts';
import { type Transaction, TryAgain } from '../../store/store.ts';
import { decisions, type Enrolment, enrolments, type Person } from '../../store/tables/index.ts';
import { type Context, planOf } from '../context.ts';
import { factsOf, type KnownFacts } from '../past/facts.ts';
import { loadPeople } from '../past/load-people.ts';

/** One request with all that answering it takes. */
export interface Known {
  readonly asked: Asked;
  readonly plan: Plan;
  /** What the store says of the run; people are merged while runs go on, so it knows better whose it is. */
  readonly enrolment: Enrolment | undefined;
  readonly person: Person;
  readonly facts: KnownFacts;
  /** The answer that an earlier attempt at this very request has recorded. */
  readonly first: Json | undefined;
}

/** In the order of `all`, their people locked. */
export async function loadKnown(
  context: Context,
  tx: Transaction,
  all: readonly Asked[],
): Promise<Known[]> {
  const rows = await lockRuns(tx, all);
  const { scoring } = context.project.config;
  const people = await loadPeople(
    tx,
    scoring,
    all.map((asked) => ({
      ...asked,
      person: whose(asked, rows),
      rules: planOf(context, asked.run.plan).rules,
    })),
  );
  const firstOf = await firstAnswers(tx, all);
  return all.map((asked): Known => {
    const { run, at } = asked;
    const id = whose(asked, rows);
    const { person, past } = people(id);
    return {
      asked,
      plan: planOf(context, run.plan),
      enrolment: rows.get(run.id),
      person: person ?? { id, profile: {}, zone: null, createdAt: at },
      facts: factsOf(scoring, person?.profile ?? {}, past, at),
      first: firstOf(asked),
    };
  });
}

/**
 * The rows of runs, by run, with their people locked: until this transaction ends they are nobody else's.
 *
 * @throws TryAgain where somebody was merged away while it waited.
 */
export async function lockRuns(
  tx: Transaction,
  of: readonly { readonly run: { readonly id: string } }[],
): Promise<ReadonlyMap<string, Enrolment>> {
  const id = of.map(({ run }) => run.id);
  const people = (await tx.find(enrolments, { id })).map(({ person }) => person);
  if (people.length === 0) return new Map();
  const locked = await tx.lock(people);
  const rows = await tx.find(enrolments, { id });
  const others = rows.flatMap(({ person }) => (locked.has(person) ? [] : person));
  if (others.length > 0) throw new TryAgain('The people of these runs', others);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A cohort that the engine was thought to have lost goes on somewhere: another one has its people since. */
export const isOutdated = (run: Run, enrolment: Enrolment | undefined): boolean =>
  run.carrier !== (enrolment?.position ?? { run }).run.carrier;

const whose = ({ run }: Asked, rows: ReadonlyMap<string, Enrolment>): string =>
  rows.get(run.id)?.person ?? run.lead;

export const endKey = (run: string): string => `${run}:end`;

/** What was done is known by its request; what was decided, where it led somewhere, by the way that was taken. */
async function firstAnswers(
  tx: Transaction,
  all: readonly Asked[],
): Promise<(asked: Asked) => Json | undefined> {
  const keysOf = ({ run, request }: Asked): string[] =>
    request.type === 'effect'
      ? [requestKey(run)]
      : [wayKey(run.id, { number: run.ways + 1 }), endKey(run.id)];
  const rows = await tx.find(decisions, { key: all.flatMap(keysOf) });
  const answers = new Map(rows.map(({ key, answer }) => [key, answer]));
  return (asked) =>
    keysOf(asked)
      .flatMap((key) => answers.get(key) ?? [])
      .find((answer) => isAnswerTo(asked, answer));
}

/** Which of a run's questions a decision answers: one that led nowhere has no row, and must not find the next one's. */
export const questionOf = ({ step, pending }: Run): string =>
  [step, ...(pending?.of === 'triggers' ? pending.triggers : [])].join(' ');

/** Decisions that do not say which question they answer are of the time when none did. */
function isAnswerTo({ run, request }: Asked, answer: Json): boolean {
  const { to } = { to: undefined, ...(answer as { readonly to?: Json }) };
  return request.type === 'effect' || to === undefined || to === questionOf(run);
}
