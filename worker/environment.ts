/**
 * The only reader of the environment: everything else takes what it needs as arguments. Values of
 * variables that may hold secrets never appear in an error.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { channelVariables } from '../channels/index.ts';

const TRUE = ['1', 'true', 'yes', 'on'];
const FALSE = ['0', 'false', 'no', 'off'];

const text = z.string().optional();
const flag = z
  .enum([...TRUE, ...FALSE], { error: 'expected true or false' })
  .transform((word) => TRUE.includes(word))
  .optional();

const KEEP_DAYS = 'expected a whole number of days, from 2 on';

const variables = z.object({
  ...channelVariables,
  /** host:port of a cluster that already runs; unset: a development server is started. */
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'expected host:port, for example 127.0.0.1:7233')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: text,
  /** Unset: on where there is an API key. */
  TEMPORAL_TLS: flag,
  /** Where programs that were downloaded or built are kept. */
  CULTIVO_CACHE: text,
  XDG_CACHE_HOME: text,
  /** Unset: the embedded store. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'expected postgres://…')
    .optional(),
  /** What senders of behaviour sign in with. */
  CULTIVO_WRITE_KEY: text,
  /** What those sign in with who enrol, retry and look; it lets behaviour in too. */
  CULTIVO_ADMIN_KEY: text,
  /** Whether the studio has buttons that do something; unset: it is there to look at. */
  CULTIVO_STUDIO_ACTIONS: flag,
  /** A header that the proxy in front of the studio sets for whoever it has signed in. */
  CULTIVO_STUDIO_USER_HEADER: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9-]*$/,
      'expected the name of a header, for example x-forwarded-email',
    )
    .optional(),
  /** How long rows of lanes that are over, and bodies of messages, are kept; more than a provider knows a key. */
  CULTIVO_KEEP_DAYS: z
    .string()
    .regex(/^\d{1,5}$/, KEEP_DAYS)
    .transform(Number)
    .refine((days) => days >= 2, KEEP_DAYS)
    .default(30),
  /** Port of the ingest API. */
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'expected a port, 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'expected a port, 0 to 65535')
    .optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'expected trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
  /** True on a build server, whatever the variable holds, unless that means no. */
  CI: z
    .string()
    .transform((word) => !FALSE.includes(word.toLowerCase()))
    .default(false),
  /** The commit that runs, kept with each decision. */
  GIT_SHA: text,
  /** Where programs are looked for. */
  PATH: z.string().default(''),
});

const MAY_BE_SHOWN: readonly string[] = [
  'TEMPORAL_ADDRESS',
  'TEMPORAL_TLS',
  'CULTIVO_STUDIO_ACTIONS',
  'CULTIVO_STUDIO_USER_HEADER',
  'CULTIVO_KEEP_DAYS',
  'PORT',
  'LOG_LEVEL',
];

/** The environment, read and checked; keys are the names of the variables. */
export type Environment = Readonly<
  Omit<z.output<typeof variables>, 'CULTIVO_CACHE' | 'TEMPORAL_TLS' | 'XDG_CACHE_HOME'>
> & { readonly CULTIVO_CACHE: string; readonly TEMPORAL_TLS: boolean };

/**
 * Reads and checks the environment; an empty variable counts as unset.
 *
 * @throws Error [invalid-environment] that names every variable that is wrong, and what it expects.
 * @example
 * readEnvironment({ PORT: '8080' }).PORT // => 8080
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = variables.safeParse(given);
  if (!result.success) {
    throw new Error(
      `The environment cannot be used:\n${result.error.issues
        .map((issue) => `  ${describe(String(issue.path[0]), issue.message, env)}`)
        .join('\n')}\nCorrect or unset what is listed. [invalid-environment]`,
    );
  }
  const { CULTIVO_CACHE, XDG_CACHE_HOME, ...rest } = result.data;
  return {
    ...rest,
    TEMPORAL_TLS: rest.TEMPORAL_TLS ?? rest.TEMPORAL_API_KEY !== undefined,
    CULTIVO_CACHE: CULTIVO_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cultivo'),
  };
}

function describe(name: string, expected: string, env: NodeJS.ProcessEnv): string {
  const received = MAY_BE_SHOWN.includes(name) ? `"${env[name]}"` : 'a value that is not shown';
  return `${name}: ${expected}, received ${received}.`;
}
