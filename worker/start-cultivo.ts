/** Everything of a project that runs, composed: worker, lanes and ingest around one store and one Temporal. */
import { type Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { World } from '../activities/world.ts';
import type { Plan } from '../dsl/plan.ts';
import type { Project } from '../dsl/project.ts';
import { newCounters } from '../ingest/health/counters.ts';
import { type IngestServer, serveIngest } from '../ingest/serve.ts';
import { heardStore } from '../store/heard-store.ts';
import { temporalConnectionOptions } from '../temporal-server/connection-options.ts';
import { closing } from './closing.ts';
import { hostProject } from './host-project.ts';
import type { StartOptions } from './start-options.ts';

export interface Cultivo {
  /** Of the project that runs now. */
  readonly world: World;
  readonly client: Client;
  readonly ingest: IngestServer;
  readonly taskQueue: string;
  /** Rejects when the worker cannot go on. */
  readonly running: Promise<void>;
  /**
   * Goes on with another project: who is under way keeps the plan that they have.
   *
   * @param plans every plan that a run may need.
   */
  reload(project: Project, plans: readonly Plan[]): Promise<void>;
  /** Finishes what is at hand and lets go of everything but the store. */
  stop(): Promise<void>;
}

export async function startCultivo(options: StartOptions): Promise<Cultivo> {
  const { environment, temporal, taskQueue = 'cultivo' } = options;
  const opened = closing();
  try {
    const connectionOptions = temporalConnectionOptions(environment, temporal.address);
    const connection = await Connection.connect(connectionOptions);
    opened.add(() => connection.close());
    const native = await NativeConnection.connect(connectionOptions);
    opened.add(() => native.close());
    const ingest = await serveLater(options);
    opened.add(() => ingest.server.stop());
    // Of the process: a project that is loaded anew goes on counting.
    const counters = newCounters();
    const store = heardStore(options.store, counters.hear);
    const hostNext = (next: Pick<StartOptions, 'project' | 'plans'>) =>
      hostProject({ ...options, ...next, store, counters, taskQueue, connection, native, ingest });
    let given: Pick<StartOptions, 'project' | 'plans'> = options;
    let current = await hostNext(given);
    opened.add(() => current.stop());
    const ends = endsOfLatest();
    ends.follow(current.running);
    return {
      get world() {
        return current.world;
      },
      get client() {
        return current.client;
      },
      running: ends.promise,
      ingest: ingest.server,
      taskQueue,
      reload: async (project, plans) => {
        const before = { ...given };
        ends.next();
        // Temporal lets one worker alone of a process work on a task queue.
        await current.stop();
        try {
          given = { project, plans };
          current = await hostNext(given);
        } catch (error) {
          given = before;
          current = await hostNext(given);
          throw error;
        } finally {
          ends.follow(current.running);
        }
      },
      stop: () => opened.close(),
    };
  } catch (error) {
    await opened.close().catch(() => undefined); // the error that began it says more
    throw error;
  }
}

/** Settled as the latest of several workers is, never as one that makes room for the next. */
function endsOfLatest() {
  let [resolve, reject]: [() => void, (error: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<void>((resolved, rejected) => {
    [resolve, reject] = [resolved, rejected];
  });
  promise.catch(() => undefined); // whoever waits for it hears it
  let latest = 0;
  return {
    promise,
    /** The one that is followed makes room. */
    next: () => void (latest += 1),
    follow(running: Promise<void>) {
      const mine = latest;
      running.then(
        () => mine === latest && resolve(),
        (error: Error) => mine === latest && reject(error),
      );
    },
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
