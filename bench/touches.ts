/** Nine touches with short waits in place of days, people to go through them, and how fast they were served. */
import { HOUR_MS, MINUTE_MS, minutes } from '../dsl/duration.ts';
import { callTask, journey, owner, sendEmail, waitHours } from '../dsl/index.ts';
import type { Step } from '../dsl/step.ts';
import { makeScenario, type Scenario } from '../rehearsal/scenario.ts';
import { ana, Lead, letter } from '../test/nine-touches.ts';
import { type BenchServer, eventsOf } from './bench-stage.ts';
import { processorTime } from './measure.ts';

export const TOUCHES = 9;
const TICK_MS = 50;

/** As in the programme of nine touches in ninety days, two of them are calls. */
const touch = (i: number): Step<{ name: string }> =>
  [5, 8].includes(i) ? callTask(`call-${i}`, { by: owner }) : sendEmail(letter(`touch-${i}`));

/** @param pauseMs what stands for the days between two touches */
export function manyPeople(count: number, cohortSize: number, pauseMs: number): Scenario {
  const steps = Array.from({ length: TOUCHES }, (_, i) => [
    waitHours(pauseMs / HOUR_MS),
    touch(i + 1),
  ]);
  const config = {
    spread: minutes(0),
    tick: minutes(TICK_MS / MINUTE_MS),
    assignOwner: ['ventas'],
    team: [{ id: 'ventas', name: 'Ventas', email: 'ventas@example.com' }],
  };
  const person = { lead: ana, from: '2026-03-02T10:00', cohortSize, config };
  const everybody = Array.from({ length: count }, () => person);
  return makeScenario(journey('short-touches', { lead: Lead }, steps.flat()), everybody);
}

export interface Rate {
  /** Touches a second while any was due. */
  readonly perSecond: number;
  /** Milliseconds of server and worker per touch; NaN where they cannot be known. */
  readonly processorMs: number;
}

/**
 * Of journeys with touches due `pauseMs` from now, and again after each `pauseMs`. One that is late makes
 * them without a timer between, at a fraction of the cost, which is not what ninety days are made of: all
 * must have been served before the next touch is due.
 *
 * @param play answers with the ids of workflows that are over, one per journey
 */
export async function rateOf(
  server: BenchServer,
  pauseMs: number,
  play: (now: number) => Promise<readonly string[]>,
): Promise<Rate> {
  const used = await processorTime();
  const now = Date.now();
  const ids = await play(now);
  const touches = ids.length * TOUCHES;
  const processorMs = ((await processorTime()) - used) / touches;
  // Served is who sleeps again, or is over.
  const served = (await eventsOf(server, ids)).map((events) =>
    events
      .filter(
        (event) =>
          event.timerStartedEventAttributes ?? event.workflowExecutionCompletedEventAttributes,
      )
      .map(({ eventTime }) => Number(eventTime?.seconds) * 1_000 + (eventTime?.nanos ?? 0) / 1e6)
      .slice(-TOUCHES),
  );
  let busyMs = 0;
  for (let i = 0; i < TOUCHES; i++) {
    const ms = Math.max(...served.map((all) => all[i] ?? Infinity)) - (now + (i + 1) * pauseMs);
    if (ms > pauseMs)
      throw new Error(`Touch ${i + 1}: expected all within ${pauseMs} ms, took ${ms}.`);
    busyMs += ms;
  }
  return { perSecond: touches / (busyMs / 1_000), processorMs };
}
