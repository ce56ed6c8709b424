/** A script played on skipping clocks: before one leaps, what its cohort caused leaves, and what the script has for its people happens. */
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { World } from '../../activities/world.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Cue, Script } from '../script.ts';
import { allDelivered, lanesAtRest } from './lanes-at-rest.ts';
import type { SettleActivities } from './skipped-time.ts';
import type { WatchedCohorts } from './watch-cohorts.ts';

export interface Playing {
  readonly world: World;
  readonly cohorts: WatchedCohorts;
  readonly script: Script;
  /** Makes cues happen, over whatever way behaviour comes in. */
  readonly happen: (cues: readonly Cue[]) => Promise<void>;
  /** The script's name for a person of the store. */
  readonly nameOf: (person: string) => Promise<string>;
  /** Nothing happens after it. */
  readonly until: Instant;
  /** Receives how far a cohort's clock has come. */
  readonly onProgress?: ((cohort: string, at: Instant) => void) | undefined;
}

export function settleActivities(playing: Playing): SettleActivities {
  const { world, cohorts, script, happen, until, onProgress } = playing;
  const atRest = lanesAtRest(world.store, world.lanes.keys());
  const settle: SettleActivities['settle'] = async ({ cohort, at, wake }) => {
    onProgress?.(cohort, at);
    await atRest(cohort);
    if (wake === null) {
      cohorts.turns.ends(cohort);
      return { next: null, shared: false };
    }
    const people = await namesIn(playing, cohort);
    const next = () => Math.min(wake, script.next(people) ?? Infinity);
    if ((await cohorts.turns.await(cohort, next)) === 'again') return { next: at, shared: true };
    if (next() > until) {
      cohorts.rests(cohort);
      return { next: null, shared: false, isOver: true };
    }
    const cues = script.take(at, people);
    if (cues.length > 0) {
      await happen(cues);
      // Whoever was brought in elsewhere acts at this instant too.
      await allDelivered(world.store);
      await atRest(cohort);
      cohorts.turns.heard(cohort);
    }
    return { next: script.next(people) ?? null, shared: cohorts.turns.areShared(cohort) };
  };
  return { settle: (asked) => withHeartbeats(() => settle(asked)) };
}

/** The script's names for the people of a cohort. */
async function namesIn({ cohorts, nameOf }: Playing, cohort: string): Promise<ReadonlySet<string>> {
  const people = [...(cohorts.people.get(cohort) ?? [])];
  return new Set(await Promise.all(people.map(nameOf)));
}

const HEARTBEAT_MS = 1_000;

async function withHeartbeats<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const beating = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}

/**
 * Plays to the end: cohorts follow their own clocks, the rest happens as nobody's clock needs it. Resolves
 * when the script is empty and every cohort is over, or rests at the end of the story.
 */
export async function playOut(client: Client, playing: Playing): Promise<void> {
  const running = new Map<string, Promise<string>>();
  const seen = new Map<string, number>();
  for (;;) {
    await allDelivered(playing.world.store);
    for (const [id, begun] of playing.cohorts.begun) {
      if (running.has(id) || seen.get(id) === begun) continue;
      seen.set(id, begun);
      running.set(id, Promise.race([over(client, id), playing.cohorts.resting(id)]));
    }
    const busy = new Set<string>();
    for (const id of running.keys()) for (const name of await namesIn(playing, id)) busy.add(name);
    const cues = playing.script.takeFirstOfEach(busy);
    if (cues.length > 0) await playing.happen(cues);
    else if (running.size > 0) running.delete(await Promise.race(running.values()));
    else return;
  }
}

/** A cohort that began anew is followed by its latest execution. */
async function over(client: Client, id: string): Promise<string> {
  await client.workflow.getHandle(id).result();
  return id;
}
