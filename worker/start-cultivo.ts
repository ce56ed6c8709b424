/** Everything of a project that runs, composed: worker, lanes and ingest around one store and one Temporal. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Crm } from '../activities/ports.ts';
import type { Cohorts, World } from '../activities/world.ts';
import type { Instant, Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';
import type { Store } from '../store/store.ts';
import { bundleWorkflows } from './bundle-workflows.ts';
import { closing } from './closing.ts';
import { createWorker } from './create-worker.ts';
import type { Environment } from './environment.ts';
import { createIngest } from '../ingest/create-ingest.ts';
import { type IngestServer, serveIngest } from '../ingest/serve.ts';
import { openVendors, type Vendors } from './open-vendors.ts';
import { skippingClient } from '../rehearsal/temporal/skip-time.ts';
import { startLanes, stopLanes } from './start-lanes.ts';
import type { Settle } from './temporal-activities.ts';
import { temporalCohorts } from './temporal-cohorts.ts';
import { temporalConnectionOptions } from './temporal-connection-options.ts';

export interface StartOptions {
  readonly project: Project;
  /** Every plan that a run may need: the project's, and older ones that people are still in. */
  readonly plans: readonly Plan[];
  readonly environment: Environment;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly store: Store;
  /** Where inbox and pipeline are kept. */
  readonly directory: string;
  /** Default `cultivo`. */
  readonly taskQueue?: string;
  /** Of ingest; 0: any that is free. */
  readonly port: number;
  /** Of ingest. Default 127.0.0.1: this machine alone. */
  readonly host?: string | undefined;
  /** Told of faults that are not an answer to anybody. */
  readonly report?: (error: Error, where: string) => void;
  /** Set where time is skipped. */
  readonly virtual?: Virtual;
}

/** What a demonstration or a test puts in the place of time and of sales. */
export interface Virtual {
  readonly offsetMs: number;
  readonly clock: () => Instant;
  readonly cohorts: (real: Cohorts) => Cohorts;
  readonly crm: (real: Crm) => Crm;
  readonly settle: (world: World) => Settle;
}

export interface Cultivo {
  readonly world: World;
  readonly client: Client;
  readonly ingest: IngestServer;
  readonly pages: Vendors['pages'];
  readonly taskQueue: string;
  /** Rejects when the worker cannot go on. */
  readonly running: Promise<void>;
  /** Finishes what is at hand and lets go of everything but the store. */
  stop(): Promise<void>;
}

export async function startCultivo(options: StartOptions): Promise<Cultivo> {
  const { environment, temporal, taskQueue = 'cultivo', virtual } = options;
  const opened = closing();
  try {
    const connectionOptions = temporalConnectionOptions(environment, temporal.address);
    const connection = await Connection.connect(connectionOptions);
    opened.add(() => connection.close());
    const native = await NativeConnection.connect(connectionOptions);
    opened.add(() => native.close());
    const ingest = await serveLater(options);
    opened.add(() => ingest.server.stop());
    const project = reachableAt(options.project, ingest.server.url);
    const vendors = await openVendors(project.config, environment, options.directory);
    opened.add(() => vendors.close());
    const client = new Client({ connection, namespace: temporal.namespace });
    const world = worldOf({ ...options, project }, vendors, connection, taskQueue);
    ingest.open(
      createIngest(world, { writeKey: environment.CULTIVO_WRITE_KEY, report: options.report }),
    );
    const stopping = new AbortController();
    const worker = await createWorker({
      world,
      stopping: stopping.signal,
      connection: native,
      namespace: temporal.namespace,
      taskQueue,
      bundle: await bundleWorkflows({
        cacheDirectory: environment.CULTIVO_CACHE,
        plans: options.plans,
      }),
      ...(virtual === undefined ? {} : { settle: virtual.settle(world) }),
    });
    await startLanes(client, taskQueue);
    // What is played is over with its player; in real time the next worker takes the lanes over.
    if (virtual !== undefined) opened.add(() => stopLanes(client, taskQueue));
    const running = worker.run();
    opened.add(async () => {
      stopping.abort();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => undefined); // told through `running`
    });
    return {
      world,
      client,
      ingest: ingest.server,
      pages: vendors.pages,
      taskQueue,
      running,
      stop: () => opened.close(),
    };
  } catch (error) {
    await opened.close().catch(() => undefined); // the error that began it says more
    throw error;
  }
}

function worldOf(
  { project, plans, store, environment, temporal, virtual }: StartOptions,
  vendors: Vendors,
  connection: Connection,
  taskQueue: string,
): World {
  const byHash = new Map([...plans, ...project.plans.values()].map((plan) => [plan.hash, plan]));
  const cohorts = temporalCohorts({
    client:
      virtual === undefined
        ? new Client({ connection, namespace: temporal.namespace })
        : skippingClient(connection, temporal.namespace),
    taskQueue,
    project,
    ...(virtual === undefined ? {} : { virtual: { offsetMs: virtual.offsetMs } }),
  });
  return {
    project,
    store,
    plan: (hash) => byHash.get(hash),
    clock: virtual?.clock ?? Date.now,
    newId: randomUUID,
    email: vendors.email,
    crm: virtual?.crm(vendors.crm) ?? vendors.crm,
    cohorts: virtual?.cohorts(cohorts) ?? cohorts,
    gitSha: environment.GIT_SHA ?? null,
  };
}

/** The port is taken first, because links in messages name it. */
async function serveLater({ port, host = '127.0.0.1' }: Pick<StartOptions, 'port' | 'host'>) {
  let app: { readonly fetch: (request: Request) => Response | Promise<Response> } = {
    fetch: () => new Response('starting', { status: 503 }),
  };
  const server = await serveIngest({ fetch: (request) => app.fetch(request) }, { port, host });
  return { server, open: (opened: typeof app) => (app = opened) };
}

/** Links lead to this ingest unless the brand says where it is reached from outside. */
const reachableAt = (project: Project, url: string): Project => {
  const { brand } = project.config;
  if (brand === undefined || brand.publicUrl !== undefined) return project;
  return { ...project, config: { ...project.config, brand: { ...brand, publicUrl: url } } };
};
