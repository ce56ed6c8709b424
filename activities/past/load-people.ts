/** People as the store knows them, each with their past as far as what is asked looks at it. */
import { meantIn } from '../../dsl/conditions/index.ts';
import type { ConditionPlan, Instant, PlanRules } from '../../dsl/plan.ts';
import type { ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import type { Request } from '../../dsl/step.ts';
import type { Transaction } from '../../store/store.ts';
import { people, type Person } from '../../store/tables/index.ts';
import { type LoadedPast, loadPasts } from './load-pasts.ts';

export interface KnownPerson {
  readonly person: Person | undefined;
  readonly past: LoadedPast;
}

/** What is asked about somebody, who is locked. */
export interface AskedOf {
  readonly person: string;
  readonly at: Instant;
  readonly request: Request;
  /** The gate asks about exit and goal. */
  readonly rules?: Pick<PlanRules, 'exit' | 'goal'>;
}

/** By id; in three queries, however many are asked about. */
export async function loadPeople(
  tx: Transaction,
  model: ScoringModel | undefined,
  asked: readonly AskedOf[],
): Promise<(id: string) => KnownPerson> {
  const id = [...new Set(asked.map(({ person }) => person))];
  const rows = new Map((await tx.find(people, { id })).map((person) => [person.id, person]));
  const pastOf = await loadPasts(
    tx,
    { model, meant: meantIn(asked.flatMap(conditionsOf)) },
    asked.map((each) => ({ person: each.person, from: earliestIn(each) })),
  );
  return (of) => ({ person: rows.get(of), past: pastOf(of) });
}

function conditionsOf({ request, rules = {} }: AskedOf): readonly ConditionPlan[] {
  if (request.type === 'decide') return request.questions.map(({ condition }) => condition);
  return [rules.exit, rules.goal].filter((condition) => condition !== undefined);
}

/** A question may be about an instant that is over. */
const earliestIn = ({ request, at }: AskedOf): Instant =>
  request.type === 'decide' ? Math.min(at, ...request.questions.map(({ upTo = at }) => upTo)) : at;
