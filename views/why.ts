/** Why somebody got a message, or did not: read from the ledger, and, for what is still to come, played forward. */
import type { World } from '../activities/world.ts';
import { formatLocal } from '../dsl/calendar/wall-clock.ts';
import type { Plan, StepId } from '../dsl/plan.ts';
import { inOrder } from '../dsl/print/print-text.ts';
import { labelStep } from '../dsl/steps/index.ts';
import { groupBy } from '../store/group-by.ts';
import { forecast } from './forecast.ts';
import { type PersonView, personView } from './person-view.ts';
import { explained } from './reasons.ts';
import type { StoryEntry } from './story-entry.ts';

export interface Why {
  readonly person: Pick<PersonView, 'id' | 'name' | 'user' | 'zone'>;
  /** Of each message that was asked about, in the order of journeys and steps. */
  readonly messages: readonly WhyMessage[];
  /** Journeys that did not let them in, in sentences; none where one template was asked about. */
  readonly refusals: readonly string[];
}

export interface WhyMessage {
  readonly journey: string;
  readonly step: StepId;
  /** `email introduction` */
  readonly what: string;
  readonly state: 'sent' | 'skipped' | 'ahead' | 'never';
  /** In sentences, the latest last. */
  readonly because: readonly string[];
}

/** No journey is played for longer: what is further ahead is nothing that anybody waits for. */
const LONGEST_DAYS = 3 * 366;

/**
 * Of one template, or of every message of every journey that they were in.
 *
 * @param template its id. Undefined where the store knows nobody of that name.
 */
export async function why(world: World, who: string, template?: string): Promise<Why | undefined> {
  const person = await personView(world, who, { most: Infinity });
  if (person === undefined) return undefined;
  const ahead = await forecast(world, person.id, LONGEST_DAYS);
  const current = [...world.project.plans.values()].flatMap((plan) =>
    messageSteps(plan, template).map(({ step, what }): WhyMessage => {
      const said = person.story.filter((each) => isAbout(each, plan.id, step));
      const coming = ahead.entries.filter((each) => isAbout(each, plan.id, step));
      const lines = [
        ...said.map((each) => sentence(each, person.zone)),
        ...coming.map((each) => `to come: ${sentence(each, person.zone)}`),
      ];
      const of = { journey: plan.id, step, what };
      const last = said.findLast(({ kind }) => kind === 'sent' || kind === 'skipped');
      // Of somebody who is in it again, what is next.
      if (coming.length > 0) return { ...of, state: 'ahead', because: lines };
      if (last !== undefined)
        return { ...of, state: last.kind === 'sent' ? 'sent' : 'skipped', because: lines };
      return { ...of, state: 'never', because: [...lines, absence(person, plan, ahead.dependsOn)] };
    }),
  );
  const { id, name, user, zone } = person;
  const isAsked = ({ journey, state }: WhyMessage): boolean =>
    template !== undefined ||
    state !== 'never' ||
    person.runs.some((run) => run.journey === journey);
  const messages = [...current.filter(isAsked), ...ofOtherPlans(person, current, template)];
  const refusals = template === undefined ? refusalsOf(person) : [];
  return { person: { id, name, user, zone }, messages, refusals };
}

/** Messages of steps that no current plan has: of journeys that changed, or are gone. */
function ofOtherPlans(
  { story, zone }: PersonView,
  current: readonly WhyMessage[],
  template: string | undefined,
): readonly WhyMessage[] {
  const known = new Set(current.map(({ journey, step }) => `${journey} ${step}`));
  const others = story.filter(
    ({ kind, journey, step, what }) =>
      ABOUT_MESSAGES.includes(kind) &&
      !known.has(`${journey} ${step}`) &&
      (template === undefined || what.endsWith(` ${template}`)),
  );
  return [...groupBy(others, ({ journey, step }) => `${journey} ${step}`).values()].map((lines) => {
    const { journey, step, what } = lines[0] as StoryEntry; // groups have one at least
    return {
      journey: journey ?? '',
      step: step ?? '',
      what,
      state: lines.some(({ kind }) => kind === 'sent') ? 'sent' : 'skipped',
      because: lines.map((each) => sentence(each, zone)),
    };
  });
}

const refusalsOf = ({ story, zone }: PersonView): readonly string[] =>
  story.flatMap(({ at, kind, what, reason }) =>
    kind === 'refused'
      ? `${formatLocal(at, zone)}  not let into ${what}: ${explained(reason ?? '')}`
      : [],
  );

function messageSteps(plan: Plan, template: string | undefined) {
  return inOrder(plan).flatMap(([step, node]) => {
    const sends = node.args['template'];
    const isMeant = typeof sends === 'string' && (template === undefined || sends === template);
    return isMeant ? [{ step, what: labelStep(node) }] : [];
  });
}

const ABOUT_MESSAGES: readonly StoryEntry['kind'][] = ['sent', 'skipped', 'waits'];

const isAbout = (entry: StoryEntry, journey: string, step: StepId): boolean =>
  entry.journey === journey && entry.step === step && ABOUT_MESSAGES.includes(entry.kind);

function sentence({ at, kind, reason, outcome }: StoryEntry, zone: string): string {
  const when = formatLocal(at, zone);
  const because = reason === null ? '' : `: ${explained(reason)}`;
  if (kind === 'sent') return `${when}  let through${outcome === null ? '' : `, ${outcome}`}`;
  if (kind === 'waits') return `${when}  waits${because}`;
  return `${when}  ${kind}${because}`;
}

/** Nothing was decided about it, and nothing will be. */
function absence(person: PersonView, plan: Plan, dependsOn: readonly string[]): string {
  const runs = person.runs.filter(({ journey }) => journey === plan.id);
  const refused = person.story.findLast(
    ({ journey, kind }) => journey === plan.id && kind === 'refused',
  );
  const [latest] = runs;
  if (latest === undefined) {
    if (refused?.reason) return `They were not let into ${plan.id}: ${explained(refused.reason)}.`;
    return `They have never entered ${plan.id}${entering(plan)}.`;
  }
  if (latest.status === 'parked')
    return `They are parked in ${plan.id}: ${latest.error ?? 'an error'} \`cultivo retry ${plan.id}\` lets them go on.`;
  if (latest.endedAt !== null)
    return `Their journey ended without it: ${latest.status}, ${formatLocal(latest.endedAt, person.zone)}.${waysOf(person, latest.run)}`;
  const depends = dependsOn.length === 0 ? '' : ` It depends on ${dependsOn.join(', ')}.`;
  return `They stand at ${latest.step ?? 'the end'}, from where nothing leads to it if nothing else happens.${depends}`;
}

const MOST_WAYS = 5;

/** Which ways led elsewhere. */
function waysOf({ story }: PersonView, run: string): string {
  const taken = story.filter((each) => each.kind === 'way' && each.run === run);
  const ways = taken.slice(-MOST_WAYS).map(({ what, reason }) => `${what} → ${reason ?? ''}`);
  return ways.length === 0 ? '' : ` On their way: ${ways.join('; ')}.`;
}

const entering = ({ rules: { enter } }: Plan): string =>
  enter === undefined ? ', which people enter by `cultivo enrol`' : '';
