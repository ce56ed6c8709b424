/**
 * What looks after a process asks: `GET /healthz`, whether it lives; `GET /readyz`, whether calls may be sent to
 * it; `GET /metrics`, how it does. Behaviour is recorded while Temporal is away, so that alone makes nothing unready.
 */
import { Hono } from 'hono';
import type { World } from '../../activities/world.ts';
import { values } from '../../store/tables/index.ts';
import { type LetIn, requireKey } from '../receive-body.ts';
import { type Counters, newCounters } from './counters.ts';
import { metricsOf } from './metrics.ts';
import { METRICS_TYPE, metricsText } from './metrics-text.ts';
import { answersWithin } from './within.ts';

export interface HealthSources {
  readonly counters?: Counters | undefined;
  /** Asks Temporal for a sign of life; throws where there is none. */
  readonly reachTemporal?: (() => Promise<unknown>) | undefined;
}

export interface Readiness {
  readonly ready: boolean;
  readonly store: Reached;
  readonly temporal: Reached | 'not asked';
}

type Reached = 'ok' | 'unreachable';

const ANSWER_WITHIN_MS = 2_000;

export function healthRoutes(world: World, letIn: LetIn, sources: HealthSources = {}): Hono {
  const { counters = newCounters(), reachTemporal } = sources;
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    const [store, temporal] = await Promise.all([
      reached(() => world.store.transaction((tx) => tx.find(values, { name: 'health' }))),
      reachTemporal === undefined ? ('not asked' as const) : reached(reachTemporal),
    ]);
    const answer: Readiness = { ready: store === 'ok', store, temporal };
    return context.json(answer, answer.ready ? 200 : 503);
  });
  app.get('/metrics', requireKey(letIn), async (context) => {
    const metrics = await metricsOf(world, counters);
    return context.text(metricsText(metrics), 200, { 'content-type': METRICS_TYPE });
  });
  return app;
}

const reached = async (ask: () => Promise<unknown>): Promise<Reached> =>
  (await answersWithin(ANSWER_WITHIN_MS, ask)) ? 'ok' : 'unreachable';
