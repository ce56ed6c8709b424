/** What is made of one project: its vendors, its worker, and what ingest answers from now on. */
import type { Client, Connection } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Hono } from 'hono';
import type { World } from '../activities/world.ts';
import { openPorts } from '../channels/index.ts';
import { createIngest } from '../ingest/create-ingest.ts';
import type { Counters } from '../ingest/health/counters.ts';
import type { IngestServer } from '../ingest/serve.ts';
import { studioRoutes } from '../studio/index.ts';
import { closing } from './closing.ts';
import { hostJourneys } from './host-journeys.ts';
import { inRealTime } from './hosting.ts';
import { startForgetting } from './start-forgetting.ts';
import type { StartOptions } from './start-options.ts';
import { watchServices } from './watch-services.ts';

const SIGN_OF_LIFE_MS = 1_500;

export interface HostedProject {
  readonly world: World;
  readonly client: Client;
  readonly running: Promise<void>;
  stop(): Promise<void>;
}

export interface HostProjectOptions extends StartOptions {
  readonly taskQueue: string;
  readonly counters: Counters;
  readonly connection: Connection;
  readonly native: NativeConnection;
  readonly ingest: { readonly server: IngestServer; readonly open: (app: Hono) => void };
}

export async function hostProject(options: HostProjectOptions): Promise<HostedProject> {
  const { environment, temporal, store, plans, connection, native, taskQueue, ingest, counters } =
    options;
  const { hosting = inRealTime, report } = options;
  const opened = closing();
  try {
    const project = { ...options.project, localUrl: ingest.server.url };
    const vendors = await openPorts(project.config, environment, store);
    opened.add(() => vendors.close());
    const hosted = await hostJourneys({
      hosting,
      connection,
      native,
      namespace: temporal.namespace,
      taskQueue,
      cacheDirectory: environment.CULTIVO_CACHE,
      project,
      plans,
      store,
      ports: vendors.ports,
      gitSha: environment.GIT_SHA ?? null,
      say: options.say,
    });
    opened.add(() => hosted.stop());
    if (hosting.forgets) opened.add(startForgetting(hosted.world, environment, report));
    const { CULTIVO_WRITE_KEY: writeKey, CULTIVO_ADMIN_KEY: adminKey } = environment;
    const keys = { writeKey, adminKey };
    const routes = studioRoutes({
      mayAct: environment.CULTIVO_STUDIO_ACTIONS ?? false,
      userHeader: environment.CULTIVO_STUDIO_USER_HEADER,
      ...options.studio,
    });
    const reachTemporal = () =>
      connection.withDeadline(Date.now() + SIGN_OF_LIFE_MS, () =>
        connection.workflowService.getSystemInfo({}),
      );
    const health = { counters, reachTemporal };
    if (options.say !== undefined && !hosting.endsLanes) {
      const services = [
        { name: 'The database', reach: () => store.time() },
        { name: 'Temporal', reach: reachTemporal },
      ];
      const watch = watchServices(services, options.say);
      opened.add(async () => watch.stop());
    }
    ingest.open(createIngest(hosted.world, { ...keys, report, routes, health }));
    return { ...hosted, stop: () => opened.close() };
  } catch (error) {
    await opened.close().catch(() => undefined); // the error that began it says more
    throw error;
  }
}
