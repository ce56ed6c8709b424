/** `rehearse(journey, …)`: plays a journey over its whole calendar and tells the story. */
import type { Journey } from '../dsl/journey.ts';
import { makeScenario, type RehearsalOptions, type Scenario } from './scenario.ts';
import type { Story } from './story.ts';
import { virtually } from './virtually.ts';

/** Where stories are played: on a virtual clock, or on a real Temporal server. */
export type Host = (scenario: Scenario) => Promise<readonly Story[]>;

/**
 * Plays a journey with one lead from its entry to its end, in milliseconds, and tells the story.
 *
 * @param host left out: a virtual clock. `onTemporal()` of `cultivo/testing/temporal` plays the same story on a real server.
 * @throws ProjectDefinitionError when the journey does not compile.
 */
export async function rehearse<L>(
  journey: Journey<L>,
  options: RehearsalOptions<L>,
  host: Host = (scenario) => virtually(scenario),
): Promise<Story> {
  const [story] = await host(makeScenario(journey, [options]));
  if (story === undefined) throw new Error('A host tells as many stories as there are leads.');
  return story;
}

/** As `rehearse`, for many leads in one world; config, sales and cohort size are those of the first. */
export const rehearseAll = <L>(
  journey: Journey<L>,
  leads: readonly RehearsalOptions<L>[],
  host: Host = (scenario) => virtually(scenario),
): Promise<readonly Story[]> => host(makeScenario(journey, leads));
