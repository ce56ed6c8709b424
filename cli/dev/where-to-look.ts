/** What `cultivo dev` says when it runs: where everything is, and something to try. */
import { exampleOf } from '../../dsl/conditions/index.ts';
import { leadFields } from '../../dsl/lead-fields.ts';
import type { Json, JsonObject, Plan } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { sampleProfile } from '../../rehearsal/sample-profile.ts';
import { DEFAULT_PORT } from '../options.ts';
import { CALLED_AS } from '../package-files.ts';

export interface DevPlaces {
  readonly ingest: string;
  /** Null: the cluster of TEMPORAL_ADDRESS has its own. */
  readonly temporalUi: string | null;
  readonly temporal: string;
  readonly namespace: string;
  /** Pages: journeys, people, the inbox, sales. */
  readonly studio: string;
  readonly store: string;
  readonly data: string;
  /** Whether ingest asks for CULTIVO_WRITE_KEY. */
  readonly needsKey: boolean;
}

export function whereToLook(places: DevPlaces, project: Project): string {
  const { ingest, studio, temporalUi, temporal, namespace, store, data } = places;
  const journeys = [...project.plans.keys()];
  const rows: readonly (readonly [string, string | null])[] = [
    ['Studio', studio],
    ['Ingest', ingest],
    ['Temporal UI', temporalUi],
    ['Temporal', `${temporal}, namespace ${namespace}`],
    ['Store', store],
    ['Data', data],
  ];
  return [
    `${journeys.length === 1 ? 'Journey' : 'Journeys'} under way: ${journeys.join(', ')}`,
    '',
    ...rows.flatMap(([name, place]) => (place === null ? [] : [`  ${name.padEnd(13)}${place}`])),
    '',
    'Try it in another terminal: somebody is identified, does something, and is looked for.',
    '',
    ...tryIt(places, project).map((line) => `  ${line}`),
    '',
    'What happens is told below, in each person’s own time. Ctrl-C stops it. People stay where they are and go on at the next start.',
  ].join('\n');
}

const WHO = 'ana';

function tryIt({ ingest, needsKey }: DevPlaces, project: Project): readonly string[] {
  const { config, plans } = project;
  const post = (path: string, body: { readonly [key: string]: Json }): string =>
    `curl${needsKey ? ' -u "$CULTIVO_WRITE_KEY:"' : ''} -H 'content-type: application/json' ` +
    `-d ${inShell(JSON.stringify(body))} ${ingest}${path}`;
  const topics = Object.keys(config.topics ?? {});
  const consents = Object.fromEntries(topics.map((topic) => [topic, true]));
  const [first] = plans.values();
  const url = new URL(ingest).port === String(DEFAULT_PORT) ? '' : ` --url ${ingest}`;
  const entry = first && entryEvent(first);
  return [
    post('/v1/identify', {
      userId: WHO,
      traits: {
        ...requiredOf(project),
        name: 'Ana',
        email: 'ana@example.com',
        ...(topics.length === 0 ? {} : { consents }),
      },
    }),
    entry === undefined
      ? `${CALLED_AS} enrol ${first?.id ?? '<journey>'} --user ${WHO}${url}`
      : post('/v1/track', { userId: WHO, ...entry }),
    `${CALLED_AS} status${url}`,
  ];
}

/** Without these nobody enters. */
function requiredOf({ lead }: Pick<Project, 'lead'>): JsonObject {
  const sample = lead === undefined ? {} : sampleProfile(lead);
  return Object.fromEntries(
    [...leadFields(lead)].flatMap(([name, { required }]) =>
      required && name in sample ? [[name, sample[name] ?? null]] : [],
    ),
  );
}

/** An event that brings people into a journey, as a sender would write it. */
function entryEvent({ rules: { enter } }: Plan) {
  const example = enter && exampleOf(enter);
  if (example === undefined) return undefined;
  const { event, properties } = example;
  return { event, ...(Object.keys(properties).length === 0 ? {} : { properties }) };
}

const inShell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
