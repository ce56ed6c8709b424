/**
 * The one activity behind every call of a journey: a batch of effects and decisions, in one transaction
 * with where the people stand afterwards. Repeated, it finds its first answers in the ledger, so a
 * worker that dies between commit and report sends nothing twice.
 */
import type { EffectAnswer } from '../../dsl/effect.ts';
import type { Answer } from '../../dsl/step.ts';
import type { Transaction } from '../../store/store.ts';
import { advance } from '../../engine/advance.ts';
import type { PersonCall, Rest } from '../../engine/cohort-state.ts';
import { spreadOf } from '../cohort-settings.ts';
import { decide } from './decide.ts';
import { performEffects } from './perform-effects.ts';
import { planOf } from '../plan-of.ts';
import type { World } from '../world.ts';
import { writeRests } from './write-rests.ts';

/** Answers in the order of `calls`. */
export async function perform(world: World, calls: readonly PersonCall[]): Promise<Answer[]> {
  return world.store.transaction(async (tx) => {
    const effects = calls.filter(({ call }) => call.type === 'effect');
    const decisions = calls.filter(({ call }) => call.type === 'decide');
    const effectAnswers = await performEffects(world, tx, effects);
    const verdicts = await decide(world, tx, decisions);
    const answers = calls.map((each): Answer => {
      const answer = effectAnswers.get(each) ?? verdicts.get(each);
      if (answer === undefined)
        throw new Error(`Call ${each.call.type}: expected effect or decide.`);
      return answer;
    });
    await recordPositions(world, tx, calls, answers);
    return answers;
  });
}

export const callKey = ({ run }: PersonCall): string => `${run.id}:${run.calls}`;

export type EffectAnswers = ReadonlyMap<PersonCall, { type: 'effect'; answer: EffectAnswer }>;

/** The interpreter is pure: where an answer will lead is known before the journey hears it. */
async function recordPositions(
  world: World,
  tx: Transaction,
  calls: readonly PersonCall[],
  answers: readonly Answer[],
): Promise<void> {
  const spreadMs = spreadOf(world.project);
  const rests = calls.flatMap(({ run, at }, i): Rest[] => {
    const answer = answers[i];
    if (answer === undefined) return [];
    try {
      const after = advance(
        planOf(world, run.plan),
        run,
        { type: 'answered', answer },
        { at, spreadMs },
      );
      return [{ run: after.run, at, end: after.end }];
    } catch {
      return []; // the cohort will meet the same error, park the run and say so
    }
  });
  await writeRests(world, tx, rests);
}
