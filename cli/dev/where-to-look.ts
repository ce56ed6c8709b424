/** What `cultivo dev` says when it runs: where everything is, and something to try. */
import { pathToFileURL } from 'node:url';
import { partsOf } from '../../dsl/conditions/index.ts';
import type { EventOccursPlan } from '../../dsl/conditions/event-occurs.ts';
import type { Json, Plan } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import { CALLED_AS } from '../called-as.ts';
import { DEFAULT_PORT } from '../ingest-options.ts';

export interface DevPlaces {
  readonly ingest: string;
  /** Null: the cluster of TEMPORAL_ADDRESS has its own. */
  readonly temporalUi: string | null;
  readonly temporal: string;
  readonly namespace: string;
  /** Files; null where the vendor of the config has its own. */
  readonly inbox: string | null;
  readonly pipeline: string | null;
  readonly store: string;
  readonly data: string;
  /** Whether ingest asks for CULTIVO_WRITE_KEY. */
  readonly needsKey: boolean;
}

export function whereToLook(places: DevPlaces, project: Project): string {
  const { ingest, temporalUi, temporal, namespace, inbox, pipeline, store, data } = places;
  const journeys = [...project.plans.keys()];
  const rows: readonly (readonly [string, string | null])[] = [
    ['Ingest', ingest],
    ['Temporal UI', temporalUi],
    ['Temporal', `${temporal}, namespace ${namespace}`],
    ['Inbox', inbox && pathToFileURL(inbox).href],
    ['Pipeline', pipeline && pathToFileURL(pipeline).href],
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
    'Ctrl-C stops it. People stay where they are and go on at the next start.',
  ].join('\n');
}

const WHO = 'ana';

function tryIt({ ingest, needsKey }: DevPlaces, { config, plans }: Project): readonly string[] {
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

/** An event that brings people into a journey, as a sender would write it. */
function entryEvent({ rules }: Plan) {
  const part = rules.enter && partsOf(rules.enter).find(({ kind }) => kind === 'event');
  if (part === undefined) return undefined;
  // The only kind of that name.
  const { name, where = {} } = part as unknown as EventOccursPlan;
  const properties = Object.fromEntries(
    Object.entries(where).map(([property, test]): [string, Json] => [
      property,
      'oneOf' in test ? (test.oneOf[0] ?? null) : (test.atLeast ?? test.atMost ?? 0),
    ]),
  );
  return { event: name, ...(Object.keys(where).length === 0 ? {} : { properties }) };
}

const inShell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
