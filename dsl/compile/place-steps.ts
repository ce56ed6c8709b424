/** Gives every step of a journey its id and its place, in the order in which an author reads them. */
import { oneForm } from '../one-form.ts';
import type { AnyStep } from '../step.ts';
import { contentHash } from './content-hash.ts';

/** A step where it stands. The same step value may stand in several places. */
export interface PlacedStep {
  readonly step: AnyStep;
  readonly id: string;
  /** For messages: `step 2 if:score>70 › yes › wait:0d`. */
  readonly where: string;
  readonly branches: { readonly [outcome: string]: readonly PlacedStep[] };
}

/** Where in the tree the placing is. */
interface Place {
  readonly prefix: string;
  readonly where: string;
}

export function placeSteps(steps: readonly AnyStep[]): readonly PlacedStep[] {
  const taken = new Map<string, number>();

  const placeAll = (list: readonly AnyStep[], place: Place): readonly PlacedStep[] =>
    list.map((step, index) => {
      const number = place.where === '' ? `step ${index + 1} ` : `${place.where} › `;
      const where = `${number}${step.id ?? step.key}`;
      const id = unique(step.id ?? bounded(`${place.prefix}${step.key}`));
      // Not by the condition's label: people in a branch keep their steps when its threshold is edited.
      const inside = step.id === undefined ? place.prefix : `${place.prefix}${step.id}/`;
      return {
        step,
        id,
        where,
        branches: Object.fromEntries(
          Object.entries(step.branches ?? {}).map(([outcome, branch]) => [
            outcome,
            placeAll(
              branch,
              step.inline === outcome
                ? { prefix: place.prefix, where }
                : { prefix: `${inside}${outcome}/`, where: `${where} › ${outcome}` },
            ),
          ]),
        ),
      };
    });

  const unique = (given: string): string => {
    const id = oneForm(given);
    const count = (taken.get(id) ?? 0) + 1;
    taken.set(id, count);
    return count === 1 ? id : unique(`${id}#${count}`);
  };

  return placeAll(steps, { prefix: '', where: '' });
}

/** Temporal's index takes 2,048 bytes, of up to 4 for each character; Postgres's 2,704 with what stands around it in a key. */
const MOST_CHARACTERS = 400;
const HASH_CHARACTERS = 16;

/** One that grew long with what it was made of keeps its beginning, and is told apart by its hash. */
const bounded = (id: string): string =>
  id.length <= MOST_CHARACTERS ? id : `${beginningOf(id)}~${contentHash(id)}`;

/** Never half of a character. */
const beginningOf = (id: string): string =>
  id.slice(0, MOST_CHARACTERS - HASH_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '');

/** All of them in one list, each before what stands in its branches. */
export const flatten = (placed: readonly PlacedStep[]): readonly PlacedStep[] =>
  placed.flatMap((each) => [each, ...Object.values(each.branches).flatMap(flatten)]);
