/** People as the store knows them, each with their past as far as what is asked looks at it. */
import { meantIn } from '../../dsl/conditions/index.ts';
import type { Instant } from '../../dsl/plan.ts';
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
}

/** By id; in three queries, however many are asked about. */
export async function loadPeople(
  tx: Transaction,
  model: ScoringModel | undefined,
  asked: readonly AskedOf[],
): Promise<(id: string) => KnownPerson> {
  const id = [...new Set(asked.map(({ person }) => person))];
  const rows = new Map((await tx.find(people, { id })).map((person) => [person.id, person]));
  const questions = asked.flatMap(({ request }) =>
    request.type === 'decide' ? request.questions : [],
  );
  const pastOf = await loadPasts(
    tx,
    { model, meant: meantIn(questions.map(({ condition }) => condition)) },
    asked.map(({ person, at, request }) => ({ person, from: earliestIn(request, at) })),
  );
  return (of) => ({ person: rows.get(of), past: pastOf(of) });
}

/** A question may be about an instant that is over. */
const earliestIn = (request: Request, at: Instant): Instant =>
  request.type === 'decide' ? Math.min(at, ...request.questions.map(({ upTo = at }) => upTo)) : at;
