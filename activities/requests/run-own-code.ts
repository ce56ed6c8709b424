/** The author's own code (`step`, `check`), outside the sandbox. At least once; `key` is the same at every attempt. */
import { ownCodeIn } from '../../dsl/conditions/index.ts';
import type { Answer } from '../../dsl/step.ts';
import type { OwnCodeAsked } from '../../engine/asked.ts';
import { enrolments } from '../../store/tables/index.ts';
import { factsOf, loadPeople } from '../facts.ts';
import type { World } from '../world.ts';
import { decide } from './decide.ts';

/** @throws Error where the config no longer knows the name; Temporal tries again after a deploy. */
export async function runOwnCode(
  { store, project }: Pick<World, 'store' | 'project'>,
  asked: OwnCodeAsked,
): Promise<Answer> {
  const { key, at, request } = asked;
  const { person, events } = await store.transaction(async (tx) => {
    const [enrolment] = await tx.find(enrolments, { id: asked.run });
    const id = enrolment?.person ?? asked.lead;
    return (await loadPeople(tx, [id]))(id);
  });
  if (person === undefined) {
    throw new Error(`Person ${asked.lead}: expected it in the store. [unknown-person]`);
  }
  // The profile is checked where it comes in; the types of the journey say which lead it is.
  const profile = person.profile as never;
  if (request.type === 'own') {
    const own = project.ownSteps.get(request.name) ?? missing('step', request.name);
    await own.run({ lead: profile, at, key });
    return { type: 'own' };
  }
  const questions = request.type === 'decide' ? request.questions : [];
  const checks: Record<string, boolean> = {};
  for (const name of new Set(questions.flatMap(({ condition }) => ownCodeIn(condition)))) {
    const check = project.checks.get(name) ?? missing('check', name);
    checks[name] = await check.run({ lead: profile, at });
  }
  return decide(asked, factsOf(project.config.scoring, person.profile, events, at), checks);
}

function missing(kind: string, name: string): never {
  throw new Error(
    `Own ${kind} "${name}": expected it in the config, received none. ` +
      'Keep the code of people under way, or rename nothing. [unknown-own-code]',
  );
}
