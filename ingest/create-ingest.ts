/** Ingest: where behaviour, answers of sales and unsubscribing come in over HTTP. Logs nothing; errors go to `report`. */
import { Hono } from 'hono';
import { routePath } from 'hono/route';
import type { World } from '../activities/world.ts';
import { values } from '../store/tables/index.ts';
import { behaviourRoutes } from './behaviour-routes.ts';
import { enrolRoutes } from './enrol-routes.ts';
import { handoffRoutes } from './handoff-routes.ts';
import { journeyRoutes } from './journey-routes.ts';
import { unsubscribeRoutes } from './unsubscribe-routes.ts';

export interface IngestOptions {
  /** Behaviour is taken only with this key; left out: from anybody who can reach the port. */
  readonly writeKey?: string | undefined;
  /** Of a body, packed and unpacked. Default 512 KB. */
  readonly maxBytes?: number | undefined;
  /** Of a batch. Default 1,000. */
  readonly maxItems?: number | undefined;
  /** Default: the world's. */
  readonly clock?: (() => number) | undefined;
  /** Receives faults, with the route's pattern: paths hold tokens and ids. */
  readonly report?: ((error: Error, route: string) => void) | undefined;
}

const DEFAULT_MAX_BYTES = 512 * 1024;
const DEFAULT_MAX_ITEMS = 1_000;

/**
 * Makes the app: the routes of the files beside this one, and `GET /health`. It answers 202 once the store
 * has everything, 400 with every reason, 401, 413, or 500 with nothing written.
 */
export function createIngest(world: World, options: IngestOptions = {}): Hono {
  const clock = options.clock ?? world.clock;
  const app = new Hono();
  app.get('/health', async (context) => {
    await world.store.transaction((tx) => tx.find(values, { name: 'health' }));
    return context.json({ status: 'ok' });
  });
  const received = {
    writeKey: options.writeKey,
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    maxItems: options.maxItems ?? DEFAULT_MAX_ITEMS,
    clock,
  };
  app.route('/v1/handoffs', handoffRoutes(world, clock));
  app.route('/v1/journeys', journeyRoutes(world, received));
  app.route('/v1', enrolRoutes(world, received));
  app.route('/v1', behaviourRoutes(world, received));
  app.route('/u', unsubscribeRoutes(world, clock));
  app.notFound((context) => context.json({ error: 'not-found' }, 404));
  app.onError((error, context) => {
    options.report?.(error, `${context.req.method} ${routePath(context)}`);
    return context.json({ error: 'fault', fix: 'Nothing was recorded. Send it again.' }, 500);
  });
  return app;
}
