/** Time that is skipped, in the place of real time: for rehearsals on a server and for the demonstration. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asyncLocalStorage } from '@temporalio/activity';
import type { Client, Connection } from '@temporalio/client';
import type { World } from '../../activities/world.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Hosting } from '../../worker/hosting.ts';
import { temporalCohorts } from '../../worker/temporal-cohorts.ts';
import { type SalesTeam, withSales } from '../sales-team.ts';
import { LONGEST_STORY_MS } from '../scenario.ts';
import type { Cue, Script } from '../script.ts';
import { type Playing, playOut, settleActivities } from './playing.ts';
import { skippingClient } from './skipping-client.ts';
import type { SkippingInput } from './skipped-time.ts';
import { watchCohorts } from './watch-cohorts.ts';

export interface SkipTimeOptions {
  /** When the story begins. */
  readonly from: Instant;
  readonly script: Script;
  readonly sales: SalesTeam | undefined;
  readonly clock: () => Instant;
  /** Nothing happens after it. Default: three years after the beginning. */
  readonly until?: Instant | undefined;
  /** Makes cues happen. */
  readonly happen: (world: World, cues: readonly Cue[]) => Promise<void>;
  /** The script's name for a person of the store. Default: the store's own id. */
  readonly nameOf?: (world: World, person: string) => Promise<string>;
  readonly onProgress?: (cohort: string, at: Instant) => void;
}

export interface SkippedTimeHosting {
  readonly hosting: Hosting;
  /** Plays the script to its end, with a world that was made with this hosting. */
  playOut(world: World, client: Client): Promise<void>;
}

export function skipTime(options: SkipTimeOptions): SkippedTimeHosting {
  const { script, sales, nameOf = (_, person) => Promise.resolve(person) } = options;
  const clock: SkippingInput['clock'] = { offsetMs: options.from - Date.now() };
  const cohorts = watchCohorts();
  const clocks = new Map<string, Instant>();
  let world: World | undefined;
  const playing = (of: World): Playing => ({
    world: of,
    cohorts,
    script,
    happen: (cues) => options.happen(of, cues),
    nameOf: (person) => nameOf(of, person),
    until: options.until ?? options.from + LONGEST_STORY_MS,
    onProgress: (cohort, at) => {
      clocks.set(cohort, at);
      options.onProgress?.(cohort, at);
    },
  });
  return {
    hosting: {
      workflows: join(dirname(fileURLToPath(import.meta.url)), 'workflows'),
      clock: () => clocks.get(actingCohort() ?? '') ?? options.clock(),
      cohorts: ({ client, ...given }) =>
        cohorts.over(temporalCohorts({ ...given, client: skipping(client), input: { clock } })),
      ports: (opened) => ({
        ...opened,
        // Sales answers after the world was made.
        crm: withSales(opened.crm, { sales, script }, (person) => nameOf(world as World, person)),
      }),
      activities: (made) => {
        world = made;
        return settleActivities(playing(made));
      },
      endsLanes: true,
      forgets: false,
      // Nothing outlives the story.
      graceMs: 0,
    },
    playOut: (of, client) => playOut(client, playing(of)),
  };
}

const skipping = (client: Client): Client =>
  // Clients are made with one.
  skippingClient(client.connection as Connection, client.options.namespace);

/** Whose request is carried out. What a script brings about has the script's time. */
function actingCohort(): string | undefined {
  const info = asyncLocalStorage.getStore()?.info;
  return info?.activityType === 'settle' ? undefined : info?.workflowExecution?.workflowId;
}
