/**
 * What does not fit of what was said: traits that the lead model does not take, events that nothing hears, properties
 * that are not the catalogue's. Pure. Nothing is refused for it: it is kept aside, answered and shown.
 */
import { isZone } from '../../dsl/calendar/zone-offset.ts';
import { closest } from '../../dsl/closest.ts';
import { normaliseName } from '../../dsl/behaviour.ts';
import { leadFields, readAs } from '../../dsl/lead-fields.ts';
import { oneForm } from '../../dsl/one-form.ts';
import type { Json, JsonObject } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { describeValue, problemsIn } from '../data-problem.ts';
import type { BehaviourItem } from './behaviour-item.ts';

/** Never the value itself: it may be personal. */
export interface Misfit {
  /** `traits.employees`, `event`, `properties.plan`. */
  readonly path: string;
  readonly expected: string;
  readonly received: string;
  readonly fix: string | null;
}

type Checked = Pick<Project, 'config' | 'lead' | 'heard' | 'catalogue' | 'topics'>;

export const misfitsOf = (project: Checked, item: BehaviourItem): readonly Misfit[] =>
  item.type === 'track'
    ? eventMisfits(project, item.name, item.properties)
    : traitMisfits(project, item.traits);

/** Those that fit, as the model reads them. */
export function fittingTraits({ lead }: Pick<Project, 'lead'>, traits: JsonObject): JsonObject {
  const fields = leadFields(lead);
  const fitting = Object.entries(traits).flatMap(([name, value]): [string, Json][] => {
    if (value === null || problemOf(name, value, fields) !== undefined)
      return value === null ? [[name, null]] : [];
    return [[name, readAs(fields.get(name), value)]];
  });
  return Object.fromEntries(fitting);
}

function traitMisfits(project: Checked, traits: JsonObject): readonly Misfit[] {
  const fields = leadFields(project.lead);
  return Object.entries(traits).flatMap(([name, value]): Misfit[] => {
    if (name === 'consents') return consentMisfits(project, value);
    const problem = value === null ? undefined : problemOf(name, value, fields);
    if (problem !== undefined) return [{ ...problem, path: `traits.${problem.path}` }];
    return fields.size === 0 || fields.has(name) || OTHERS.has(name) ? [] : misspelt(name, fields);
  });
}

function problemOf(
  name: string,
  value: Json,
  fields: ReturnType<typeof leadFields>,
): Misfit | undefined {
  if (name === 'timezone' && !(typeof value === 'string' && isZone(value))) {
    const near =
      typeof value === 'string' ? meant(value, Intl.supportedValuesOf('timeZone')) : null;
    return misfit(name, 'a zone like Europe/Madrid', describeValue(value), near);
  }
  if (name === 'country' && isNoCountry(value))
    return misfit(name, 'a country of ISO 3166, like ES', 'two other letters');
  const { error } = fields.get(name)?.schema.safeParse(value) ?? {};
  const [problem] = error === undefined ? [] : problemsIn(error.issues, value);
  if (problem === undefined) return undefined;
  const { path, expected, received } = problem;
  return misfit(path === '' ? name : `${name}.${path}`, expected, received);
}

/** What means something without being the model's. */
const OTHERS: ReadonlySet<string> = new Set(['timezone', 'owner', 'phone', 'email']);

/** A trait that the model does not have is kept, unless it looks like one that it has. */
function misspelt(name: string, fields: ReturnType<typeof leadFields>): Misfit[] {
  const near = meant(name, [...fields.keys()]);
  return near === null
    ? []
    : [misfit(`traits.${shortened(name)}`, 'a field of the lead model', 'another name', near)];
}

const misfit = (
  path: string,
  expected: string,
  received: string,
  fix: string | null = null,
): Misfit => ({
  path,
  expected,
  received,
  fix,
});

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Two capital letters that name no country; firms that write countries otherwise do as they like. */
const isNoCountry = (value: Json): boolean =>
  typeof value === 'string' && /^[A-Z]{2}$/.test(value) && regions.of(value) === undefined;

/** Nobody asks for consent to a topic that no message has. */
function consentMisfits({ topics, config }: Checked, consents: Json): Misfit[] {
  if (typeof consents !== 'object' || consents === null) return [];
  const known = [...new Set([...topics, ...Object.keys(config.topics ?? {})])];
  return Object.keys(consents).flatMap((topic) => {
    if (known.includes(oneForm(topic))) return [];
    const expected =
      known.length === 0 ? 'no topic: no message has one' : `one of ${known.join(', ')}`;
    return misfit('traits.consents', expected, shortened(topic), meant(topic, known));
  });
}

function eventMisfits(
  { heard, catalogue }: Checked,
  name: string,
  properties: JsonObject,
): readonly Misfit[] {
  const normalised = normaliseName(name);
  if (!heard.has(normalised)) {
    const known = [...heard.values()];
    return [misfit('event', 'an event that something hears', shortened(name), meant(name, known))];
  }
  const { error } = catalogue.get(normalised)?.safeParse(properties) ?? {};
  return (error === undefined ? [] : problemsIn(error.issues, properties)).map((problem) =>
    misfit(`properties.${problem.path}`, problem.expected, problem.received),
  );
}

function meant(name: string, known: readonly string[]): string | null {
  const near = closest(name, known);
  return near === undefined ? null : `Did you mean ${near}?`;
}

const LONGEST_NAME = 64;
const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
