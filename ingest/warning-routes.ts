/** `GET /v1/warnings`: what did not fit of what came in, and how often. */
import { Hono } from 'hono';
import type { World } from '../activities/world.ts';
import { requireKey, type ReceiveOptions } from './receive-body.ts';
import { dataWarnings } from '../activities/behaviour/data-warnings.ts';

export function warningRoutes(world: World, options: ReceiveOptions): Hono {
  const app = new Hono();
  app.get('*', requireKey(options));
  app.get('/', async (context) => context.json({ warnings: await dataWarnings(world) }));
  return app;
}
