/**
 * The one activity behind the requests of journeys: a batch of effects and decisions, in one transaction
 * with where people stand afterwards. Repeated, it finds its first answers in the ledger, so a worker
 * that dies between commit and report sends nothing twice. Whoever cannot be answered stops nobody else.
 */
import type { Json } from '../../dsl/plan.ts';
import type { Answer } from '../../dsl/step.ts';
import type { Asked, Outdated, Unanswered } from '../../engine/asked.ts';
import { moveBy } from '../../engine/position.ts';
import { spreadOf } from '../cohort-settings.ts';
import type { World } from '../world.ts';
import { errorText } from './error-text.ts';
import { decide } from './decide.ts';
import { forEachThatCan } from './for-each-that-can.ts';
import { isOutdated, type Known, loadKnown, questionOf } from './known.ts';
import { performEffects } from './perform-effects.ts';
import { type Recorded, writeMoves } from './write-moves.ts';

/** Answers in the order of `asked`, in which a person stands once. */
export const perform = (world: World, asked: readonly Asked[]): Promise<readonly AnyAnswer[]> =>
  forEachThatCan<Asked, AnyAnswer>(
    asked,
    (some) => performTogether(world, some),
    (_, error) => ({ type: 'failed', error: errorText(error) }),
  );

const performTogether = (world: World, asked: readonly Asked[]): Promise<AnyAnswer[]> =>
  world.store.transaction(async (tx) => {
    const known = await loadKnown(world, tx, asked);
    const current = known.filter((each) => !isOutdated(each.asked.run, each.enrolment));
    const done = await performEffects(world, tx, current);
    const answers = new Map(current.map((each) => [each, done.get(each) ?? decided(each)]));
    const spreadMs = spreadOf(world.project);
    const moves = current.flatMap((each) => predict(each, answers.get(each), spreadMs));
    await writeMoves(world, tx, moves);
    return known.map((each) => {
      const answer = answers.get(each);
      return answer === undefined ? OUTDATED : forHistory(answer);
    });
  });

const OUTDATED: Outdated = { type: 'outdated' };

type AnyAnswer = Answer | Unanswered | Outdated;

/** As it was the first time, where that led somewhere: only so the ledger says what happened. */
function decided(known: Known): Answer {
  const answer = decide(known.asked, known.facts);
  // Written below by an earlier attempt.
  return known.first === undefined ? answer : { ...answer, ...(known.first as object) };
}

/** The interpreter is pure: where an answer will lead is known before the journey hears it. */
function predict(
  { asked, plan, enrolment }: Known,
  answer: Answer | undefined,
  spreadMs: number,
): Recorded[] {
  const { at, waiting } = asked;
  if (answer === undefined) return [];
  try {
    const move = moveBy(plan, asked.run, { type: 'answered', answer }, { at, spreadMs });
    const position = waiting === undefined ? move.position : { ...move.position, waiting };
    const ways = [...asked.ways, ...move.ways];
    return [{ ...move, position, ways, enrolment, answer: asJson(asked, answer) }];
  } catch {
    return []; // the cohort will meet the same error, park the run and say so
  }
}

/** Effects have a row of their own with theirs. */
const asJson = ({ run }: Asked, answer: Answer): Json | null =>
  answer.type === 'decide'
    ? ({ verdicts: answer.verdicts, to: questionOf(run) } as unknown as Json)
    : null;

/** What was looked at is in the ledger; histories are read by nobody for that. */
const forHistory = (answer: Answer): Answer =>
  answer.type === 'decide' ? { type: 'decide', verdicts: answer.verdicts } : answer;
