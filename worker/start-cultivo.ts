/** Everything of a project that runs, composed: worker, lanes and ingest around one store and one Temporal. */
import { type Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { World } from '../activities/world.ts';
import type { Page } from '../channels/channel.ts';
import { openPorts } from '../channels/index.ts';
import type { Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';
import { createIngest } from '../ingest/create-ingest.ts';
import { type IngestServer, serveIngest } from '../ingest/serve.ts';
import type { Store } from '../store/store.ts';
import { studioRoutes } from '../studio/index.ts';
import { temporalConnectionOptions } from '../temporal-server/connection-options.ts';
import { closing } from './closing.ts';
import type { Environment } from './environment.ts';
import { hostJourneys } from './host-journeys.ts';
import { type Hosting, inRealTime } from './hosting.ts';
import { startForgetting } from './start-forgetting.ts';

export interface StartOptions {
  readonly project: Project;
  /** Every plan that a run may need: the project's, and older ones that people are still in. */
  readonly plans: readonly Plan[];
  readonly environment: Environment;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly store: Store;
  /** Where local vendors keep what they are given. */
  readonly directory: string;
  /** Default `cultivo`. */
  readonly taskQueue?: string;
  /** Of ingest; 0: any that is free. */
  readonly port: number;
  /** Of ingest. Default 127.0.0.1: this machine alone. */
  readonly host?: string | undefined;
  /** Receives faults that are not an answer to anybody. */
  readonly report?: (error: Error, where: string) => void;
  /** Hears what is good to know: what Temporal has lost, and that it has begun again. */
  readonly say?: (what: string) => void;
  /** Default: in real time. */
  readonly hosting?: Hosting;
}

export interface Cultivo {
  readonly world: World;
  readonly client: Client;
  readonly ingest: IngestServer;
  /** What there is to look at on this machine. */
  readonly pages: readonly Page[];
  readonly taskQueue: string;
  /** Rejects when the worker cannot go on. */
  readonly running: Promise<void>;
  /** Finishes what is at hand and lets go of everything but the store. */
  stop(): Promise<void>;
}

export async function startCultivo(options: StartOptions): Promise<Cultivo> {
  const { environment, temporal, store, plans, taskQueue = 'cultivo', report } = options;
  const { hosting = inRealTime } = options;
  const opened = closing();
  try {
    const connectionOptions = temporalConnectionOptions(environment, temporal.address);
    const connection = await Connection.connect(connectionOptions);
    opened.add(() => connection.close());
    const native = await NativeConnection.connect(connectionOptions);
    opened.add(() => native.close());
    const ingest = await serveLater(options);
    opened.add(() => ingest.server.stop());
    const project = { ...options.project, localUrl: ingest.server.url };
    const vendors = await openPorts(project.config, environment, options.directory, store);
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
    ingest.open(createIngest(hosted.world, { writeKey, adminKey, report, routes: studioRoutes }));
    return {
      ...hosted,
      ingest: ingest.server,
      pages: vendors.pages,
      taskQueue,
      stop: () => opened.close(),
    };
  } catch (error) {
    await opened.close().catch(() => undefined); // the error that began it says more
    throw error;
  }
}

/** The port is taken first, because links in messages name it. */
async function serveLater({ port, host = '127.0.0.1' }: Pick<StartOptions, 'port' | 'host'>) {
  let app: { readonly fetch: (request: Request) => Response | Promise<Response> } = {
    fetch: () => new Response('starting', { status: 503 }),
  };
  const server = await serveIngest({ fetch: (request) => app.fetch(request) }, { port, host });
  return { server, open: (opened: typeof app) => (app = opened) };
}
