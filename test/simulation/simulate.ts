/** One life, and where all that went wrong took no time the same life without it: it has to be the same story. */
import { type Changes, play, type Played } from './play.ts';
import type { Scenario } from './scenario.ts';
import type { Violation } from './violation.ts';

/** Of cohorts of many. */
const TICK_MS = 60_000;

export async function simulate(scenario: Scenario, changes: Changes = {}): Promise<Played> {
  const played = await play(scenario, changes);
  if (scenario.kind !== 'same-story') return played;
  const calm = await play({ ...scenario, faults: { rates: {} } });
  const ofCalm = calm.violations.map((each): Violation => ({
    ...each,
    promise: `${each.promise} (without faults)`,
  }));
  const violations = [...ofCalm, ...played.violations];
  if (played.putOff) return { ...played, violations };
  const mayBeATickLater = isLossy(played) && scenario.settings.cohortSize > 1;
  const differing = calm.stories.flatMap((story, who) =>
    story === played.stories[who] ||
    (mayBeATickLater && isATickLater(story, played.stories[who] ?? ''))
      ? []
      : [`person ${who}\n${difference(story, played.stories[who] ?? '')}`],
  );
  const more = differing.map((detail): Violation => ({
    promise: 'same-story',
    detail,
    step: played.steps,
  }));
  return { ...played, compared: true, violations: [...violations, ...more] };
}

const isLossy = ({ faults }: Played): boolean =>
  faults.has('cohort-lost') || faults.has('engine-lost');

/**
 * What a trigger was to be asked next is not kept by the store: whoever was lost while it turned, within a tick, is asked
 * anew and acts at that instant. From there on the two stories have nothing in common.
 */
function isATickLater(expected: string, received: string): boolean {
  const [before, after] = [expected.split('\n'), received.split('\n')];
  const at = before.findIndex((line, i) => line !== after[i]);
  const [first, then] = [partsOf(before[at]), partsOf(after[at])];
  const late = Date.parse(then.at) - Date.parse(first.at);
  return first.rest === then.rest && late > 0 && late <= TICK_MS;
}

/** The line's instant, and what is said of it. */
function partsOf(line = ''): { readonly at: string; readonly rest: string } {
  const [journey = '', at = '', ...text] = line.split(' ');
  return { at, rest: [journey, ...text].join(' ') };
}

function difference(expected: string, received: string): string {
  const [before, after] = [expected.split('\n'), received.split('\n')];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
    ...(before.length === after.length ? [] : [`${before.length} lines, ${after.length} lines`]),
  ].join('\n');
}
