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
    ...placed.flatMap(inside),
  ];
}

function inside({ step, block, branches }: PlacedStep): readonly Problem[] {
  const before = block.find(endsJourney);
  const lost = step.block === undefined ? undefined : branches['notMet']?.[0];
  return [
    ...unreachableSteps(block),
    ...(before === undefined || lost === undefined ? [] : [unreachable(lost, before)]),
    ...Object.values(branches).flatMap(unreachableSteps),
  ];
}

/** True where nobody comes to what follows. */
function endsJourney({ step, block, branches }: PlacedStep): boolean {
  const ends = (list: readonly PlacedStep[] | undefined) => list?.some(endsJourney) ?? false;
  if (step.block !== undefined) {
    return ends(branches['met']) && (ends(block) || ends(branches['notMet']));
  }
  const kind = stepKind(step.kind);
  return kind.ends === true || kind.outcomes(step.args).every((outcome) => ends(branches[outcome]));
}

const unreachable = (lost: PlacedStep, before: PlacedStep): Problem => ({
  where: lost.where,
  expected: 'no step after the journey has ended',
  received: lost.step.key,
  fix: `Nobody passes ${before.step.id ?? before.step.key}: move it or drop it.`,
  code: 'unreachable-step',
});
