/** Ingest: where behaviour, answers of sales and unsubscribing come in over HTTP. Logs nothing; errors go to `report`. */
import { Hono } from 'hono';
import { routePath } from 'hono/route';
import type { World } from '../activities/world.ts';
import { values } from '../store/tables/index.ts';
import { behaviourRoutes } from './behaviour-routes.ts';
import { enrolRoutes } from './enrol-routes.ts';
import { handoffRoutes } from './handoff-routes.ts';
import { journeyRoutes } from './journey-routes.ts';
import { laneRoutes } from './lane-routes.ts';
import { healthRoutes, type HealthSources } from './health/health-routes.ts';
import { heldBodies, type HeldBytes } from './held-bodies.ts';
import type { LetIn, ReceiveOptions } from './receive-body.ts';
import { warningRoutes } from './warning-routes.ts';
import { unsubscribeRoutes } from './unsubscribe-routes.ts';

/** Routes under a path, with the key that they ask for. */
export type Routes = readonly (readonly [
  string,
  (world: World, options: ReceiveOptions) => Hono,
  LetIn['keyName'],
])[];

/** With what each asks for; links to handoffs and unsubscribing hold what nobody can guess. */
const ROUTES: Routes = [
  ['/v1', behaviourRoutes, 'write key'],
  ['/v1', enrolRoutes, 'admin key'],
  ['/v1/journeys', journeyRoutes, 'admin key'],
  ['/v1/lanes', laneRoutes, 'admin key'],
  ['/v1/warnings', warningRoutes, 'admin key'],
  ['/v1/handoffs', handoffRoutes, 'admin key'],
  ['/u', unsubscribeRoutes, 'admin key'],
];

export interface IngestOptions extends Partial<Pick<ReceiveOptions, 'maxBytes' | 'maxItems'>> {
  /** What else is answered there. */
  readonly routes?: Routes;
  /** Lets behaviour in; undefined, where there is no admin key either: anybody on this machine. */
  readonly writeKey?: string | undefined;
  /** Lets everything in. Without it, where there is a write key, nobody enrols, retries or looks. */
  readonly adminKey?: string | undefined;
  /** Of bodies, at once. Default 128 MB, 16 MB of them of senders who have not shown a key. */
  readonly mostHeld?: HeldBytes | undefined;
  /** What the routes for whoever looks after the process know besides. */
  readonly health?: HealthSources;
  /** Receives faults, with the route's pattern: paths hold tokens and ids. */
  readonly report?: ((error: Error, route: string) => void) | undefined;
}

const MAX_BYTES = 512 * 1_024;
const MAX_ITEMS = 1_000;

/**
 * Makes the app: the routes of the files beside this one, and `GET /health` (the store answers). It answers 202 once the store
 * has everything, 400 with every reason, 401, 403, 413, 503 where too much comes at once, or 500; then with nothing written.
 */
export function createIngest(world: World, options: IngestOptions = {}): Hono {
  const { report, maxBytes = MAX_BYTES, maxItems = MAX_ITEMS } = options;
  const admin = { keyName: 'admin key', keys: keysFor('admin key', options) } as const;
  const receive = { maxBytes, maxItems, held: heldBodies(options.mostHeld), admin };
  const app = new Hono();
  for (const [path, routes, keyName] of [...ROUTES, ...(options.routes ?? [])]) {
    app.route(path, routes(world, { ...receive, keyName, keys: keysFor(keyName, options) }));
  }
  app.route('/', healthRoutes(world, admin, options.health));
  app.get('/health', async (context) => {
    await world.store.transaction((tx) => tx.find(values, { name: 'health' }));
    return context.json({ status: 'ok' });
  });
  app.notFound((context) => context.json({ error: 'not-found' }, 404));
  app.onError((error, context) => {
    report?.(error, `${context.req.method} ${routePath(context)}`);
    return context.json({ error: 'fault', fix: 'Nothing was recorded. Send it again.' }, 500);
  });
  return app;
}

/** An admin key opens everything, a write key nothing that an admin key is for. */
function keysFor(
  keyName: LetIn['keyName'],
  { writeKey, adminKey }: Pick<IngestOptions, 'writeKey' | 'adminKey'>,
): LetIn['keys'] {
  const keys = [adminKey, keyName === 'write key' ? writeKey : undefined].filter(
    (key) => key !== undefined,
  );
  if (keyName === 'write key' && writeKey === undefined) return undefined;
  return writeKey === undefined && adminKey === undefined ? undefined : keys;
}
