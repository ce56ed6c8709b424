/**
 * How fast the e-mail lane is, on Postgres, with little and with much in it. The sender counts and does nothing
 * else, so what is measured is what a lane costs by itself. `BENCH_LANE_ROWS=3000,60000` for other sizes.
 */
import { drainLane } from '../../activities/lanes/drain-lane.ts';
import type { EmailSender } from '../../channels/email/outgoing-email.ts';
import { memoryPorts, newWorld } from '../../channels/index.ts';
import { composeProject } from '../../dsl/project.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { letter } from '../../test/nine-touches.ts';
import { cohortsThat } from '../../test/lane-world.ts';
import { startPostgres } from '../../test/postgres.ts';
import type { Figure } from '../bench.ts';
import { fillLane } from '../fill-lane.ts';
import { inFreshProcess } from '../in-fresh-process.ts';
import { processorTime } from '../measure.ts';

const BATCH = 500;
const MESSAGES_EACH = 10;
const [FEW = 0, MANY = 0] = (process.env['BENCH_LANE_ROWS'] ?? '30000,600000')
  .split(',')
  .map(Number);

export const about = `the e-mail lane on Postgres, ${MESSAGES_EACH} messages a person, batches of ${BATCH}, a sender that counts`;

export async function run(): Promise<readonly Figure[]> {
  const few = await inFreshProcess(import.meta.url, drainFew);
  const many = await inFreshProcess(import.meta.url, drainMany, 0);
  const name = `of ${FEW}`;
  return [
    {
      what: `a backlog of ${MANY} rows`,
      unit: 'rows/s',
      ours: many.perSecond,
      other: { name, value: few.perSecond },
      goal: { of: 'ratio', atLeast: 0.8 },
    },
    {
      what: `a backlog of ${FEW} rows`,
      unit: 'rows/s',
      ours: few.perSecond,
      goal: { of: 'ours', atLeast: 4_000 },
    },
    {
      what: 'processor time, of a batch',
      unit: 'ms',
      ours: many.processorMs,
      other: { name, value: few.processorMs },
      goal: { of: 'ratio', atMost: 1.2 },
    },
    ...PARTS.map((part): Figure => ({
      what: `${part}, of a batch`,
      unit: 'ms',
      ours: many.msOf[part],
      other: { name, value: few.msOf[part] },
    })),
  ];
}

export const drainFew = () => drain(FEW);

export const drainMany = () => drain(MANY);

/** A batch's transactions, in their order, and the call between the last two. */
const TRANSACTIONS = ['claim', 'prepare', 'record'] as const;
const PARTS = [...TRANSACTIONS, 'send'] as const;
type Part = (typeof PARTS)[number];

async function drain(rows: number) {
  const postgres = await startPostgres();
  const store = await openStore({ databaseUrl: await postgres.createDatabase() });
  try {
    await fillLane(store, rows, MESSAGES_EACH);
    const watch = stopwatch();
    const world = newWorld({
      project: composeProject({ journeys: [], templates: [letter('news')], brand: BRAND }),
      store: watch.over(store),
      ports: { ...memoryPorts(), email: watch.sender },
      cohorts: cohortsThat(() => Promise.reject(new Error('Bench: expected no signals.'))),
    });
    const used = await processorTime();
    const begun = performance.now();
    const { signal } = new AbortController();
    const maxBatches = rows / BATCH;
    await drainLane(world, 'email', { heartbeat: () => undefined, signal, maxBatches });
    const perSecond = rows / ((performance.now() - begun) / 1_000);
    const processorMs = ((await processorTime()) - used) / maxBatches;
    return { perSecond, processorMs, msOf: watch.means(maxBatches) };
  } finally {
    await store.close();
    await postgres.stop();
  }
}

/** Knows a batch's transactions by their order. */
function stopwatch() {
  const sums: Record<Part, number> = { claim: 0, prepare: 0, send: 0, record: 0 };
  async function timed<T>(part: Part, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await work();
    sums[part] += performance.now() - begun;
    return result;
  }
  let transactions = 0;
  const sender: EmailSender = {
    vendor: 'counting',
    maxBatch: BATCH,
    callsPerSecond: Infinity,
    idempotencyWindowMs: Infinity,
    send: (_, sent) =>
      timed('send', async () => sent.map(({ key }) => ({ status: 'sent', providerId: key }))),
  };
  return {
    sender,
    over: (store: Store): Store => ({
      ...store,
      transaction: (work) =>
        timed(TRANSACTIONS[transactions++ % TRANSACTIONS.length] ?? 'record', () =>
          store.transaction(work),
        ),
    }),
    means: (batches: number) =>
      Object.fromEntries(PARTS.map((part) => [part, sums[part] / batches])) as typeof sums,
  };
}

const BRAND = {
  name: 'Sol',
  email: 'hola@sol.example',
  postalAddress: 'Calle 1, Madrid',
  publicUrl: 'https://sol.example',
};
