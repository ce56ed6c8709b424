/** How somebody enters: found alike by the entry itself, which says where they will stand, and by their cohort. */
import type { Instant } from '../dsl/plan.ts';
import { beginning } from './advance.ts';
import type { EnrolItem } from './items.ts';
import type { Position } from './position.ts';
import type { Run } from './run.ts';
import { RunsInCircles } from './runs-in-circles.ts';

/** An entry that follows from so many others, without a wait between them, is parked. */
const LONGEST_CHAIN = 20;

/** What a run that has not entered yet was brought by. */
export const entryItem = ({
  id,
  lead,
  plan,
  zone,
  entered,
  chain = 1,
  carrier,
}: Run): EnrolItem => ({
  type: 'enrol',
  run: id,
  lead,
  plan,
  zone,
  at: entered,
  ...(chain > 1 ? { chain } : {}),
  ...(carrier === undefined ? {} : { carrier }),
});

export const STARTED = { type: 'started' } as const;

/**
 * Before their first step; parked where entries have led to each other too often.
 *
 * @param entered the instant of the entry, or now where it is heard of late: the day on which the journey begins.
 */
export function entryPosition(item: EnrolItem, entered: Instant): Position {
  const { run: id, lead, plan, zone, at, chain = 1, carrier } = item;
  const run = {
    ...beginning({ id, lead, plan, zone, entered }),
    ...(entered === at ? {} : { causedAt: at }),
    ...(chain === 1 ? {} : { chain }),
    ...(carrier === undefined ? {} : { carrier }),
  };
  if (chain < LONGEST_CHAIN) return { run };
  const error = new RunsInCircles(`${LONGEST_CHAIN} entries, each of which led to the next,`);
  // Whoever retries it says that it may go on.
  return { run: { ...run, chain: 0 }, parked: { error: String(error), input: STARTED } };
}
