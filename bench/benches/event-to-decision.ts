/**
 * From what somebody did to what their journey does about it, commit to commit, with default settings: ingest over
 * HTTP, Postgres, a Temporal server and the worker on one machine; each event brings somebody in who is given a
 * stage, an e-mail and a handoff.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import {
  email,
  event,
  handoffToSales,
  hours,
  html,
  journey,
  lead,
  owner,
  sendEmail,
  setStage,
} from '../../dsl/index.ts';
import { composeProject } from '../../dsl/project.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { type Decision, decisions, type EventRow, events } from '../../store/tables/index.ts';
import { startTemporalServer } from '../../temporal-server/start-temporal-server.ts';
import { startPostgres } from '../../test/postgres.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { startCultivo } from '../../worker/start-cultivo.ts';
import type { Figure } from '../bench.ts';
import { median } from '../measure.ts';

const FEW_PER_SECOND = 5;
const MANY_PER_SECOND = 100;
const SECONDS = 20;
const LONGEST_WAIT_MS = 120_000;
const SENDER = fileURLToPath(new URL('../send-events.mjs', import.meta.url));

export const about = 'from an event to the first decision, default settings';

export const config = {
  journeys: [
    journey('asked', { lead: lead(z.object({})), enter: event('Asked') }, [
      setStage('hot'),
      sendEmail(
        email('hello', {
          class: 'transactional',
          subject: () => 'Hola',
          body: () => html`<p>Hola</p>`,
        }),
      ),
      handoffToSales({ to: owner, sla: hours(48) }),
    ]),
  ],
  brand: { name: 'Sol', email: 'hola@sol.example', postalAddress: 'Calle 1, Madrid' },
  team: [{ id: 'marta', name: 'Marta', email: 'marta@sol.example' }],
  assignOwner: ['marta'],
};

export async function run(): Promise<readonly Figure[]> {
  const few = await measure(FEW_PER_SECOND);
  const many = await measure(MANY_PER_SECOND);
  const beside = (value: number) => ({ name: `${FEW_PER_SECOND} a second`, value });
  const of = `at ${MANY_PER_SECOND} events a second`;
  return [
    {
      what: `event to decision, median, ${of}`,
      unit: 'ms',
      ours: median(many.decided),
      other: beside(median(few.decided)),
      goal: { of: 'ours', atMost: 250 },
    },
    {
      what: `event to decision, 99 of 100, ${of}`,
      unit: 'ms',
      ours: percentile(many.decided, 0.99),
      other: beside(percentile(few.decided, 0.99)),
      goal: { of: 'ours', atMost: 1_000 },
    },
    {
      what: `acknowledged, median, ${of}`,
      unit: 'ms',
      ours: median(many.acknowledged),
      other: beside(median(few.acknowledged)),
      goal: { of: 'ours', atMost: 20 },
    },
  ];
}

interface Measured {
  readonly decided: readonly number[];
  readonly acknowledged: readonly number[];
}

export async function measure(perSecond: number): Promise<Measured> {
  logTemporal(openLog('error'));
  const environment = {
    ...readEnvironment(),
    TEMPORAL_ADDRESS: undefined,
    CULTIVO_WRITE_KEY: undefined,
  };
  const postgres = await startPostgres();
  const server = await startTemporalServer({ environment, timeSkipping: false });
  const { store, times } = timed(await openStore({ databaseUrl: await postgres.createDatabase() }));
  const project = composeProject(config);
  const cultivo = await startCultivo({
    project,
    plans: [...project.plans.values()],
    environment,
    temporal: server,
    store,
    port: 0,
  });
  try {
    await send(cultivo.ingest.url, FEW_PER_SECOND, 2, 'warm');
    times.length = 0;
    const acknowledged = await send(cultivo.ingest.url, perSecond, SECONDS, 'lead');
    const until = Date.now() + LONGEST_WAIT_MS;
    const open = () => times.filter(({ decided }) => decided === undefined).length;
    while (open() > 0 && Date.now() < until) await pause(50);
    // Whoever was not served in time counts as long as was waited.
    const decided = times.map(({ recorded, decided: at = Date.now() }) => at - recorded);
    return { decided, acknowledged };
  } finally {
    await cultivo.stop();
    await store.close();
    await server.stop();
    await postgres.stop();
  }
}

async function send(url: string, perSecond: number, seconds: number, who: string) {
  const args = [SENDER, url, perSecond, seconds, who].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 });
  return JSON.parse(stdout) as number[];
}

interface Times {
  readonly person: string;
  readonly recorded: number;
  decided?: number;
}

/** When each person's event was committed, and the first thing that their journey did. */
function timed(store: Store): { readonly store: Store; readonly times: Times[] } {
  const times: Times[] = [];
  const of = new Map<string, Times>();
  const committed = (added: readonly (EventRow | Decision)[]): void => {
    const now = Date.now();
    for (const row of added) {
      if ('receivedAt' in row) {
        if (row.name !== 'asked') continue;
        const begun = { person: row.person, recorded: now };
        of.set(row.person, begun);
        times.push(begun);
      } else if (row.verdict !== 'enter') {
        const known = of.get(row.person);
        if (known !== undefined) known.decided ??= now;
      }
    }
  };
  return {
    times,
    store: {
      ...store,
      transaction: async (work) => {
        let rows: (EventRow | Decision)[] = [];
        const result = await store.transaction((tx) => {
          rows = [];
          return work(listening(tx, rows));
        });
        committed(rows);
        return result;
      },
    },
  };
}

const listening = (tx: Transaction, rows: (EventRow | Decision)[]): Transaction => ({
  ...tx,
  add: async (table, given) => {
    const added = await tx.add(table, given);
    const name: string = table.name;
    // By its name, of one of the two.
    if (name === events.name || name === decisions.name) rows.push(...(added as never[]));
    return added;
  },
});

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
