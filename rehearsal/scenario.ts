/** What a rehearsal is given, made ready for a host: a project, people, a script. */
import type { CultivoConfig } from '../dsl/config.ts';
import type { Journey } from '../dsl/journey.ts';
import type { Instant } from '../dsl/plan.ts';
import { composeProject, type Project } from '../dsl/project.ts';
import { parseLocal } from '../dsl/calendar/local-date.ts';
import { type Cue, Script } from './script.ts';
import { instantOf, type PlannedBehaviour } from './story-time.ts';
import type { Persona } from './persona.ts';
import type { SalesTeam } from './sales-team.ts';

export interface RehearsalOptions<L> {
  readonly lead: Persona<L>;
  /** When the lead enters, on its own wall clock: `2026-03-02T10:00`. */
  readonly from: string;
  readonly behaviour?: readonly PlannedBehaviour[];
  /** How sales answers handoffs; left out: it does not. */
  readonly sales?: SalesTeam;
  /** Anything else of the project; people due together are spread as in production. */
  readonly config?: Omit<CultivoConfig, 'journeys'> & { readonly journeys?: readonly Journey[] };
  /** People per cohort, whatever the journey says. */
  readonly cohortSize?: number;
}

/** Stories that go on for ever end here: three years after they began. */
export const LONGEST_STORY_MS = 3 * 366 * 86_400_000;

export interface Person {
  readonly id: string;
  readonly persona: Persona<never>;
  readonly zone: string;
  readonly enters: Instant;
}

export interface Scenario {
  readonly project: Project;
  /** The journey that people enter. */
  readonly journey: string;
  readonly people: readonly Person[];
  readonly script: Script;
  readonly sales: SalesTeam | undefined;
}

export function makeScenario<L>(
  journey: Journey<L>,
  all: readonly RehearsalOptions<L>[],
): Scenario {
  const first = all[0];
  const project = projectOf(journey, first?.config, first?.cohortSize);
  const people = all.map((options, i) =>
    personOf(options, project, all.length === 1 ? '' : `-${i}`),
  );
  const cues = all.flatMap((options, i) => {
    const person = people[i];
    return person === undefined ? [] : cuesOf(options, person);
  });
  return { project, journey: journey.id, people, script: new Script(cues), sales: first?.sales };
}

/** The journey, those that it leads to, and the rest of the config. */
function projectOf<L>(
  journey: Journey<L>,
  config: RehearsalOptions<L>['config'],
  cohortSize: number | undefined,
): Project {
  // A project holds journeys of many leads; this one's personas were checked against it.
  const main = journey as unknown as Journey;
  const others = (config?.journeys ?? []).filter(({ id }) => id !== main.id);
  const sized = [main, ...others].map((each) =>
    cohortSize === undefined ? each : { ...each, rules: { ...each.rules, cohortSize } },
  );
  return composeProject({ ...config, journeys: sized });
}

function personOf<L>(options: RehearsalOptions<L>, project: Project, suffix: string): Person {
  const zone = options.lead.zone ?? project.config.fallbackZone ?? 'UTC';
  return {
    id: `${options.lead.id}${suffix}`,
    // Only its JSON profile is read from here on.
    persona: options.lead as unknown as Persona<never>,
    zone,
    enters: parseLocal(options.from, zone),
  };
}

const cuesOf = <L>({ behaviour = [] }: RehearsalOptions<L>, person: Person): readonly Cue[] =>
  behaviour.map(({ at, occurrence, device }, i) => ({
    id: `${person.id}/${i}`,
    person: person.id,
    at: instantOf(at, person.enters, person.zone),
    name: occurrence.event,
    properties: occurrence.properties,
    ...(device === undefined ? {} : { device }),
  }));
