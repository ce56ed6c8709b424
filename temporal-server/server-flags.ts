/** The command line of a development server, of Temporal's CLI and of the one built here alike. */
import { SEARCH_ATTRIBUTE_NAMES } from './search-attributes.ts';

export interface ServerFlags {
  readonly host: string;
  readonly port: number;
  /** Undefined: no web UI. */
  readonly uiPort: number | undefined;
  readonly namespace: string;
  /** SQLite file; undefined: in memory. */
  readonly file: string | undefined;
  readonly timeSkipping: boolean;
}

/**
 * A server with one shard looks a second ahead for timers and polls its queues 20 times a second:
 * right for a cluster, fifty times too slow for tests that go through months.
 */
const PROMPT_TIMERS = {
  'history.timerProcessorMaxTimeShift': '"1ms"',
  'history.timerProcessorMaxPollRPS': '1000',
  'history.transferProcessorMaxPollRPS': '1000',
  'history.visibilityProcessorMaxPollRPS': '1000',
};

/** Lets a workflow ask for skipped time; the second name is that of later servers. */
const TIME_SKIPPING = {
  'frontend.WorkflowTimeSkippingEnabled': 'true',
  'system.workflowTimeSkippingEnabled': 'true',
};

export function serverFlags(flags: ServerFlags): string[] {
  const { host, port, uiPort, namespace, file, timeSkipping } = flags;
  const settings = timeSkipping ? { ...PROMPT_TIMERS, ...TIME_SKIPPING } : PROMPT_TIMERS;
  return [
    'server',
    'start-dev',
    `--ip=${host}`,
    `--port=${port}`,
    `--namespace=${namespace}`,
    '--log-level=error',
    ...(uiPort === undefined ? ['--headless'] : [`--ui-port=${uiPort}`]),
    ...(file === undefined ? [] : [`--db-filename=${file}`]),
    ...SEARCH_ATTRIBUTE_NAMES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...Object.entries(settings).flatMap(([key, json]) => [
      '--dynamic-config-value',
      `${key}=${json}`,
    ]),
  ];
}
