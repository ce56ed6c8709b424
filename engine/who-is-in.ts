/** What a cohort that begins asks the store, which has everybody who was in it when the engine lost the one before. */
import type { HappenedItem } from './items.ts';
import type { Position } from './position.ts';

export interface WhoIsInAsked {
  readonly cohort: string;
  /** Which execution asks: unique for all time. */
  readonly execution: string;
  /** False where people come with entries of their own: whoever has just entered, and is still to be brought, is left out. */
  readonly isBegunAgain: boolean;
  /** A run: those after it. */
  readonly after?: string;
}

/** In the order of runs. */
export interface WhoIsIn {
  readonly positions: readonly Position[];
  /** What is nowhere but in the news itself: it may have been told to the one before. */
  readonly news: readonly HappenedItem[];
  /** Set where there are more after this run. */
  readonly next?: string;
}
