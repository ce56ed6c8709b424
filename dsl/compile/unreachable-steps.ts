/** Steps that nobody ever comes to: all ways before them end the journey. */
import type { Problem } from '../problem.ts';
import { stepKind } from '../steps/index.ts';
import type { PlacedStep } from './placed-step.ts';

export function unreachableSteps(placed: readonly PlacedStep[]): readonly Problem[] {
  const end = placed.findIndex(endsJourney);
  const before = placed[end];
  const lost = placed[end + 1];
  return [
    ...(before === undefined || lost === undefined ? [] : [unreachable(lost, before)]),
    ...placed.flatMap((each) => waysOf(each).flatMap(unreachableSteps)),
  ];
}

/** The steps behind each outcome; those behind the end of a block follow those inside. */
function waysOf({ step, branches }: PlacedStep): readonly (readonly PlacedStep[])[] {
  const { outcomes, block } = stepKind(step.kind);
  const behind = (outcome: string): readonly PlacedStep[] => branches[outcome] ?? [];
  return outcomes(step.args)
    .filter((outcome) => outcome !== block?.after)
    .map((outcome) =>
      outcome === block?.inside ? [...behind(outcome), ...behind(block.after)] : behind(outcome),
    );
}

/** True where nobody comes to what follows. */
const endsJourney = (placed: PlacedStep): boolean =>
  stepKind(placed.step.kind).ends === true || waysOf(placed).every((way) => way.some(endsJourney));

const unreachable = (lost: PlacedStep, before: PlacedStep): Problem => ({
  where: lost.where,
  expected: 'no step after the journey has ended',
  received: lost.step.key,
  fix: `Nobody passes ${before.step.id ?? before.step.key}: move it or drop it.`,
  code: 'unreachable-step',
});
