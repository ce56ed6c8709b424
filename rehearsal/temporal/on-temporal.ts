/** Plays scenarios on a real Temporal server whose clocks leap: the same people, the same script, the same story. */
import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { memoryPorts } from '../../channels/index.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import type { Store } from '../../store/store.ts';
import { whileOpen } from '../../worker/closing.ts';
import { hostJourneys } from '../../worker/host-journeys.ts';
import { begin, happen } from '../begin.ts';
import type { Host } from '../rehearse.ts';
import type { Scenario } from '../scenario.ts';
import { type Story, tellStories } from '../story.ts';
import { skipTime } from './skip-time.ts';
import { sharedServer, type SharedServer } from './shared-server.ts';

export interface TemporalHostOptions {
  /** host:port of a server that allows time skipping. Default: one of its own, whatever TEMPORAL_ADDRESS names, stopped with the process. */
  readonly address?: string;
  readonly namespace?: string;
  /** Where the server and workflow bundles are kept. Default: `CULTIVO_CACHE`. */
  readonly cacheDirectory?: string;
  /** A cohort goes on in a new execution after so many events of history. Default: production's. */
  readonly maxEvents?: number;
  /** A fresh store per scenario. Default: in memory. */
  readonly openStore?: () => Promise<Store>;
}

/**
 * A host for `rehearse`: one worker and one task queue per scenario, taken down with it. Prints nothing.
 *
 * @example
 * await rehearse(trialNurture, { lead: ana, from: '2026-03-02T10:00' }, onTemporal())
 */
export function onTemporal(options: TemporalHostOptions = {}): Host {
  return async (scenario) => {
    const server = await sharedServer(options);
    return whileOpen(async (opened) => {
      const connection = await Connection.connect({ address: server.address });
      opened.add(() => connection.close());
      const native = await NativeConnection.connect({ address: server.address });
      opened.add(() => native.close());
      const store = (await options.openStore?.()) ?? memoryStore();
      opened.add(() => store.close());
      return play(scenario, options, server, connection, native, store);
    });
  };
}

async function play(
  scenario: Scenario,
  { maxEvents }: TemporalHostOptions,
  { namespace, cacheDirectory }: SharedServer,
  connection: Connection,
  native: NativeConnection,
  store: Store,
): Promise<readonly Story[]> {
  const { project, people, script, sales } = scenario;
  const taskQueue = `rehearsal-${randomUUID()}`;
  const from = Math.min(...people.map(({ enters }) => enters), script.next() ?? Infinity);
  const skipped = skipTime({ from, script, sales, clock: () => script.now(from), happen });
  let ids = 0;
  const hosted = await hostJourneys({
    hosting: skipped.hosting,
    connection,
    native,
    namespace,
    taskQueue,
    cacheDirectory,
    maxEvents,
    project,
    store,
    ports: memoryPorts(),
    newId: () => `${taskQueue.slice(-12)}-${String(++ids).padStart(6, '0')}`,
  });
  try {
    await begin(hosted.world, scenario);
    await Promise.race([skipped.playOut(hosted.world, hosted.client), hosted.running]);
  } finally {
    await hosted.stop();
  }
  return tellStories(store, people, scenario.journey);
}
