/** A project: everything that its config composes, compiled and found by name. */
import { compile } from './compile/compile.ts';
import { configProblems } from './compile/config-problems.ts';
import { flatten, placeSteps } from './compile/place-steps.ts';
import { strays } from './compile/strays.ts';
import type { OwnCheck } from './condition.ts';
import type { CultivoConfig } from './config.ts';
import type { EmailTemplate } from './email.ts';
import { normaliseName } from './behaviour.ts';
import type { AnyEvent } from './event.ts';
import { heardEvents } from './heard-events.ts';
import type { Journey } from './journey.ts';
import { leadFields } from './lead-fields.ts';
import type { AnyLeadModel } from './lead.ts';
import { oneForm } from './one-form.ts';
import type { Plan } from './plan.ts';
import { JourneyDefinitionError, printProblem, type Problem } from './problem.ts';
import { reviewModel } from './scoring/review-model.ts';
import type { OwnStep, Uses } from './step.ts';

export interface Project {
  readonly config: CultivoConfig;
  readonly lead: AnyLeadModel | undefined;
  readonly journeys: ReadonlyMap<string, Journey>;
  /** The current plan of each journey. */
  readonly plans: ReadonlyMap<string, Plan>;
  readonly templates: ReadonlyMap<string, EmailTemplate<never>>;
  readonly checks: ReadonlyMap<string, OwnCheck>;
  readonly ownSteps: ReadonlyMap<string, OwnStep>;
  /** Of every message that its journeys send. */
  readonly topics: ReadonlySet<string>;
  /** Names of events that a journey, the scoring model or the catalogue knows, as they are normalised. */
  readonly heard: ReadonlySet<string>;
  /** What the catalogue says of an event's properties, by its name. */
  readonly catalogue: ReadonlyMap<string, AnyEvent['schema'] & {}>;
  /** What works and could be better, a sentence each. */
  readonly advice: readonly string[];
  /** Where ingest answers on this machine, once it does. */
  readonly localUrl?: string;
}

/** Where links in messages begin: the brand's `publicUrl` without a trailing slash; by default ingest on this machine. */
export const publicUrl = ({ config, localUrl }: Pick<Project, 'config' | 'localUrl'>): string =>
  (config.brand?.publicUrl ?? localUrl ?? 'http://127.0.0.1:4000').replace(/\/+$/, '');

/** Whether links in its e-mails would lead nowhere: they leave this machine, and nobody has said where ingest is reached. */
export const lacksPublicUrl = ({ messaging, brand }: CultivoConfig): boolean =>
  (messaging?.email?.vendor ?? 'local') !== 'local' && brand?.publicUrl === undefined;

const NO_PUBLIC_URL =
  'brand.publicUrl is not set: no marketing e-mail leaves, because nobody could unsubscribe. Set it to where ingest answers on the internet. [no-public-url]';

const noTopics = (topics: readonly string[]): string =>
  `topics is not set: ${[...new Set(topics)].join(', ')} ${new Set(topics).size === 1 ? 'is' : 'are'} opt-in, and whoever has not consented gets nothing. Say in the config how people consent. [no-topics]`;

/** A project whose parts do not fit, with every reason. */
export class ProjectDefinitionError extends Error {
  override readonly name = 'ProjectDefinitionError';
  constructor(problems: readonly string[]) {
    super(['The project cannot be composed:', ...problems].join('\n  '));
  }
}

/**
 * Composes a project.
 *
 * @throws ProjectDefinitionError with every problem of every journey and of the parts together.
 */
export function composeProject(config: CultivoConfig): Project {
  const problems: string[] = [];
  const plans = new Map<string, Plan>();
  const journeys = new Map<string, Journey>();
  for (const journey of config.journeys) {
    if (journeys.has(journey.id)) problems.push(printProblem(twice('journey', journey.id)));
    journeys.set(journey.id, journey);
    try {
      plans.set(journey.id, compile(journey));
    } catch (error) {
      if (!(error instanceof JourneyDefinitionError)) throw error;
      problems.push(error.message.replaceAll('\n', '\n  '));
    }
  }
  const uses = usesOf(config, journeys);
  const sendsEmail = uses.templates.some(({ channel }) => channel === 'email');
  problems.push(...configProblems(config, { ...uses, sendsEmail }).map(printProblem));
  for (const id of uses.journeys) {
    if (!journeys.has(id)) problems.push(printProblem(unknownJourney(id, [...journeys.keys()])));
  }
  const byName = <T>(what: string, items: readonly T[], name: (item: T) => string) => {
    const found = new Map<string, T>();
    for (const item of items) {
      const before = found.get(name(item));
      if (before !== undefined && before !== item)
        problems.push(printProblem(twice(what, name(item))));
      found.set(name(item), item);
    }
    return found;
  };
  const project: Project = {
    config: {
      ...config,
      ...(config.topics === undefined ? {} : { topics: inOneForm(config.topics) }),
    },
    lead: config.lead ?? config.journeys[0]?.rules.lead,
    journeys,
    plans,
    templates: byName('template', uses.templates, ({ id }) => id),
    checks: byName('check', uses.checks, ({ name }) => name),
    ownSteps: byName('step', uses.ownSteps, ({ name }) => name),
    topics: new Set(uses.topics),
    heard: heardEvents(config, plans.values()),
    catalogue: new Map(
      (config.events ?? []).flatMap(({ name, schema }) =>
        schema === undefined ? [] : [[normaliseName(name), schema]],
      ),
    ),
    advice: [
      ...(lacksPublicUrl(config) ? [NO_PUBLIC_URL] : []),
      ...(config.topics === undefined && uses.topics.length > 0 ? [noTopics(uses.topics)] : []),
      ...(config.scoring === undefined ? [] : reviewModel(config.scoring)),
      ...strangeLeads(config),
    ],
  };
  if (problems.length > 0) throw new ProjectDefinitionError(problems);
  return project;
}

/** Journeys for leads that the project's model does not describe: what they ask for comes in unread, or never. */
function strangeLeads({ lead, journeys }: CultivoConfig): string[] {
  const fields = leadFields(lead ?? journeys[0]?.rules.lead);
  if (fields.size === 0) return [];
  return journeys.flatMap(({ id, rules }) => {
    const asked = [...leadFields(rules.lead)].filter(([, { required }]) => required);
    const strange = asked.flatMap(([name]) => (fields.has(name) ? [] : name));
    return strange.length === 0
      ? []
      : `Journey ${id} asks for ${strange.join(', ')}, which the lead model of the config does not have. Give both one model. [lead-models-differ]`;
  });
}

const inOneForm = <T>(named: { readonly [name: string]: T }): { readonly [name: string]: T } =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [oneForm(name), value]));

function usesOf(config: CultivoConfig, journeys: ReadonlyMap<string, Journey>): Required<Uses> {
  const sound = [...journeys.values()].filter((journey) => strays(journey).length === 0);
  const uses: Uses[] = sound.flatMap(({ steps }) =>
    flatten(placeSteps(steps)).flatMap(({ step }) => step.uses ?? []),
  );
  return {
    templates: [...uses.flatMap((each) => each.templates ?? []), ...(config.templates ?? [])],
    checks: uses.flatMap((each) => each.checks ?? []),
    ownSteps: uses.flatMap((each) => each.ownSteps ?? []),
    journeys: uses.flatMap((each) => each.journeys ?? []),
    topics: uses.flatMap((each) => each.topics ?? []),
    colleagues: uses.flatMap((each) => each.colleagues ?? []),
  };
}

const twice = (what: string, name: string): Problem => ({
  where: `${what} ${name}`,
  expected: 'a name of its own',
  received: 'two different ones under it',
  fix: 'Rename one of them.',
  code: what === 'template' ? 'duplicate-template' : 'duplicate-id',
});

const unknownJourney = (id: string, known: readonly string[]): Problem => ({
  where: `enrolIn(${JSON.stringify(id)})`,
  expected: `one of ${known.join(', ')}`,
  received: id,
  fix: 'Add the journey to the config.',
  code: 'unknown-journey',
});
