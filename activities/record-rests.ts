/** Tells the store where runs have come to rest without a call: a wait that was cut short, an end, a parking. */
import type { Rest } from '../workflows/cohort.ts';
import { planOf } from './plan-of.ts';
import { endDecision, positionOf } from './positions.ts';
import type { World } from './world.ts';

/** Idempotent: a repeat writes the same rows. */
export async function recordRests(world: World, rests: readonly Rest[]): Promise<void> {
  await world.store.transaction(async (tx) => {
    await tx.putPositions(rests.map(positionOf));
    await tx.addDecisions(
      rests
        .filter(({ end }) => end !== undefined)
        .map((rest) => endDecision(rest, planOf(world, rest.run.plan), world.gitSha)),
    );
  });
}
