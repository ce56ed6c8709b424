/** Ingest: where behaviour, answers of sales and unsubscribing come in over HTTP. Logs nothing; errors go to `report`. */
import { Hono } from 'hono';
import { routePath } from 'hono/route';
import type { World } from '../activities/world.ts';
import { values } from '../store/tables/index.ts';
import { behaviourRoutes } from './behaviour-routes.ts';
import { enrolRoutes } from './enrol-routes.ts';
import { handoffRoutes } from './handoff-routes.ts';
import { journeyRoutes } from './journey-routes.ts';
import type { ReceiveOptions } from './receive-body.ts';
import { unsubscribeRoutes } from './unsubscribe-routes.ts';

const ROUTES: readonly (readonly [string, (world: World, options: ReceiveOptions) => Hono])[] = [
  ['/v1', behaviourRoutes],
  ['/v1', enrolRoutes],
  ['/v1/journeys', journeyRoutes],
  ['/v1/handoffs', handoffRoutes],
  ['/u', unsubscribeRoutes],
];

export interface IngestOptions extends Partial<ReceiveOptions> {
  /** Receives faults, with the route's pattern: paths hold tokens and ids. */
  readonly report?: ((error: Error, route: string) => void) | undefined;
}

const DEFAULTS: ReceiveOptions = { writeKey: undefined, maxBytes: 512 * 1_024, maxItems: 1_000 };

/**
 * Makes the app: the routes of the files beside this one, and `GET /health`. It answers 202 once the store
 * has everything, 400 with every reason, 401, 413, or 500 with nothing written.
 */
export function createIngest(world: World, { report, ...options }: IngestOptions = {}): Hono {
  const app = new Hono();
  for (const [path, routes] of ROUTES) app.route(path, routes(world, { ...DEFAULTS, ...options }));
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
