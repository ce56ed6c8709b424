/**
 * Records a history of each kind of workflow from a real server, with the plans that they need. Run by
 * `npm run record-histories`, after a change that old histories must still replay under.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { hours } from '../dsl/duration.ts';
import { at, day } from '../rehearsal/moment.ts';
import { onTemporal } from '../rehearsal/temporal/on-temporal.ts';
import { rehearseAll } from '../rehearsal/rehearse.ts';
import { salesAnswers } from '../rehearsal/sales-team.ts';
import { makeScenario } from '../rehearsal/scenario.ts';
import { readEnvironment } from '../worker/environment.ts';
import { startTemporalServer } from '../temporal-server/start-temporal-server.ts';
import { ana, PricingViewed, racedTouches } from './nine-touches.ts';
import { HISTORIES, type HistoryKind } from './recorded-histories.ts';

const environment = readEnvironment();
const server = await startTemporalServer({ environment });
const connection = await Connection.connect({ address: server.address });
const client = new Client({ connection, namespace: server.namespace });

/** People who take every way through the programme. */
const leads = [10, 17, 0].map((n, i) => ({
  lead: { ...ana, id: `lead-${i}` },
  from: '2026-03-02T10:00',
  behaviour: n === 0 ? [] : [at(day(n, '11:20'), PricingViewed({ plan: 'pro' }))],
  sales: salesAnswers('yes', { after: hours(5) }),
}));

async function record(kind: HistoryKind, workflowId: string): Promise<void> {
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  await writeFile(new URL(`${kind}.json`, HISTORIES), `${historyToJSON(history)}\n`);
}

/** Plays on a task queue of its own; answers with the ids of what ran, lanes included. */
async function play(cohortSize: number, of: typeof leads): Promise<readonly string[]> {
  const before = new Set(await ids());
  const host = onTemporal({ address: server.address, cacheDirectory: environment.CULTIVO_CACHE });
  await rehearseAll(
    racedTouches,
    of.map((each) => ({ ...each, cohortSize })),
    host,
  );
  for (;;) {
    const now = (await ids()).filter((id) => !before.has(id));
    // Lists lag behind a little.
    if (now.some((id) => id.endsWith('/email')) && now.some((id) => id.startsWith('raced')))
      return now;
  }
}

async function ids(): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId } of client.workflow.list()) found.push(workflowId);
  return found;
}

try {
  await rm(HISTORIES, { recursive: true, force: true });
  await mkdir(new URL('plans/', HISTORIES), { recursive: true });
  const alone = await play(1, leads.slice(0, 1));
  await record('cohort-of-one', alone.find((id) => id.startsWith('raced')) ?? '');
  const many = await play(200, leads);
  await record('cohort-of-many', many.find((id) => id.startsWith('raced')) ?? '');
  await record('lane', many.find((id) => id.endsWith('/email')) ?? '');
  for (const plan of makeScenario(racedTouches, leads).project.plans.values()) {
    const text = `${JSON.stringify(plan, null, 2)}\n`;
    await writeFile(new URL(`plans/${plan.hash}.json`, HISTORIES), text);
  }
} finally {
  await connection.close();
  await server.stop();
}
