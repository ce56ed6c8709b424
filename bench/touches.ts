/** Nine touches with short waits in place of days, and people to go through them: what the throughput of journeys is measured with. */
import { minutes } from '../dsl/duration.ts';
import { callTask, journey, owner, sendEmail, waitHours } from '../dsl/index.ts';
import type { Step } from '../dsl/step.ts';
import { makeScenario, type Scenario } from '../rehearsal/scenario.ts';
import { ana, Lead, letter } from '../test/nine-touches.ts';

export const TOUCHES = 9;
/** What stands for the days between two touches. */
export const PAUSE_MS = 100;
const TICK_MS = 50;
const HOUR_MS = 3_600_000;

const letters = Array.from({ length: TOUCHES }, (_, i) => letter(`touch-${i + 1}`));

/** As in the programme of nine touches in ninety days, two of them are calls. */
const touch = (i: number): Step<{ name: string }> => {
  const template = letters[i];
  return i === 4 || i === 7 || template === undefined
    ? callTask(`call-${i + 1}`, { by: owner })
    : sendEmail(template);
};

const shortTouches = journey(
  'short-touches',
  { lead: Lead },
  Array.from({ length: TOUCHES }, (_, i) => [waitHours(PAUSE_MS / HOUR_MS), touch(i)]).flat(),
);

/** Entries from now on, spread evenly over a time. */
export function manyPeople(options: {
  readonly count: number;
  readonly cohortSize: number;
  readonly entriesOverMs: number;
}): Scenario {
  const { count, cohortSize, entriesOverMs } = options;
  const scenario = makeScenario(
    shortTouches,
    Array.from({ length: count }, () => ({
      lead: ana,
      from: '2026-03-02T10:00',
      cohortSize,
      config: {
        spread: minutes(0),
        tick: minutes(TICK_MS / 60_000),
        assignOwner: ['ventas'],
        team: [{ id: 'ventas', name: 'Ventas', email: 'ventas@example.com' }],
      },
    })),
  );
  const now = Date.now();
  return {
    ...scenario,
    people: scenario.people.map((person, i) => ({
      ...person,
      enters: now + Math.floor((i * entriesOverMs) / count),
    })),
  };
}
