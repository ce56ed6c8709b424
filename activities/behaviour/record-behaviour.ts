/**
 * The one transaction behind ingest: who it is, what they did, what that is worth, what it forbids, whom
 * it wakes and where it brings them in. All of it or nothing; a repeated item has no effect at all.
 */
import type { Transaction } from '../../store/store.ts';
import {
  itemKey,
  type BehaviourItem,
  type KnownBehaviour,
  type KnownTraits,
} from './behaviour-item.ts';
import { RepeatedItems } from './add-new.ts';
import { recordItems, type RecordOptions } from './record-items.ts';
import type { World } from '../world.ts';

export type {
  BehaviourContext,
  BehaviourItem,
  IdentifyItem,
  KnownBehaviour,
  KnownTraits,
  TrackItem,
} from './behaviour-item.ts';
export type { RecordOptions } from './record-items.ts';

export interface RecordResult {
  /** Events that were new. */
  readonly recorded: number;
  /** Items that were known already. */
  readonly duplicates: number;
  /** Identifications that were new. */
  readonly identified: number;
  readonly entered: number;
  readonly refused: number;
}

/** Records what people did, in one transaction. Set-based: give it batches. */
export async function recordBehaviour(
  world: World,
  items: readonly BehaviourItem[],
  options: RecordOptions = {},
): Promise<RecordResult> {
  let fresh = items;
  for (;;) {
    try {
      const result = await world.store.transaction((tx) => recordItems(world, tx, fresh, options));
      return { ...result, duplicates: result.duplicates + items.length - fresh.length };
    } catch (error) {
      if (!(error instanceof RepeatedItems)) throw error;
      const { keys } = error;
      fresh = fresh.filter((item) => !keys.has(itemKey(item)));
    }
  }
}

/**
 * As `recordBehaviour`, inside the caller's transaction: for lanes and effects, whose outcomes and what
 * they caused are recorded together. Only people whom the store knows, so nobody is made or merged.
 */
export const recordKnownBehaviour = (
  world: World,
  tx: Transaction,
  items: readonly (KnownBehaviour | KnownTraits)[],
): Promise<RecordResult> => recordItems(world, tx, items, {});
