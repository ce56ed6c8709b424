/** Tells the store where runs have come to rest without a call: a wait that was cut short, an end, a parking. */
import type { Rest } from '../../engine/cohort-state.ts';
import type { World } from '../world.ts';
import { writeRests } from './write-rests.ts';

/** Idempotent: a repeat writes the same rows. */
export const recordRests = (world: World, rests: readonly Rest[]): Promise<void> =>
  world.store.transaction((tx) => writeRests(world, tx, rests));
