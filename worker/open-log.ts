/** The log: JSON lines on standard error, without anybody's address, and Temporal's own words among them. */
import { type Logger as TemporalLogger, Runtime } from '@temporalio/worker';
import { type Logger, pino, stdSerializers } from 'pino';
import { withoutPersonalData } from '../activities/without-personal-data.ts';
import type { Environment } from './environment.ts';

export type Log = Logger;

const ADDRESS = /[^\s@"'<>()=,;:]+@[^\s@"'<>()=,;:]+\.[^\s@"'<>()=,;:]+/g;

/** The text without e-mail addresses: errors of databases and providers may quote rows. */
export const withoutAddresses = (text: string): string => text.replace(ADDRESS, '[address]');

export const openLog = (level: Environment['LOG_LEVEL']): Log =>
  pino(
    {
      level,
      base: null,
      formatters: { log: loggable },
      hooks: {
        // Everything that is written, whoever wrote it: objects and stacks too.
        streamWrite: withoutAddresses,
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );

/** With what it is to say of errors: as JSON they are {}. */
export const loggable = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? stdSerializers.errWithCause(value) : value,
    ]),
  );

/** Temporal's runtime in our log; must be called before the process's first worker or connection. */
export function logTemporal(log: Log): void {
  Runtime.install({
    logger: bridge(log),
    telemetryOptions: {
      logging: { forward: {}, filter: log.isLevelEnabled('debug') ? 'INFO' : 'ERROR' },
    },
    shutdownSignals: [],
  });
}

const LEVELS = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
} as const;

/** What Temporal calls information (a worker runs, a worker stops) is detail to us. */
function bridge(log: Log): TemporalLogger {
  const at = (level: keyof typeof LEVELS) => (message: string, meta?: object) =>
    log[LEVELS[level]](Object.fromEntries(Object.entries({ ...meta }).map(worded)), message);
  return {
    trace: at('TRACE'),
    debug: at('DEBUG'),
    info: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
    log: (level, message, meta) => at(level)(message, meta),
  };
}

/** An error has no fields that would be printed. */
const worded = ([name, value]: [string, unknown]): [string, unknown] => [
  name,
  value instanceof Error ? withoutPersonalData(`${value.name}: ${value.message}`) : value,
];
