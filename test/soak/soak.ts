/**
 * A life of real processes under faults: people enter and act while everything is killed, stopped and cut off;
 * then the faults stop, and everybody has to arrive.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { openStore } from '../../store/open-store.ts';
import type { Violation } from '../simulation/violation.ts';
import { type Chaos, type Fault, startChaos } from './chaos.ts';
import { check } from './checks.ts';
import { Crowd } from './crowd.ts';
import type { Guard } from './guard.ts';
import { readOutcome, unrestful } from './outcome.ts';
import { Reporter } from './reporter.ts';
import { Sales } from './sales.ts';
import { ingestOf } from './start-programs.ts';
import { KEY, NAMESPACE, startSystem, type System } from './start-system.ts';

export interface SoakOptions {
  readonly seed: number;
  /** How long there are faults. */
  readonly ms: number;
  /** Between two faults, on average. */
  readonly faultEveryMs: number;
  /** Between two people who enter. */
  readonly personEveryMs: number;
  /** Where all that the processes write is kept. */
  readonly folder: string;
  readonly guard: Guard;
  readonly say: (line: string) => void;
}

export interface SoakReport {
  readonly seed: number;
  readonly minutes: number;
  readonly faults: Readonly<Record<Fault, number>>;
  readonly kills: Readonly<Record<string, number>>;
  /** How often each ended although nobody had killed it. */
  readonly fallen: Readonly<Record<string, number>>;
  readonly people: number;
  readonly events: number;
  readonly attempts: number;
  readonly runs: number;
  readonly messages: Readonly<Record<string, number>>;
  readonly accepted: number;
  /** How long it took from the last fault until everybody had arrived. */
  readonly settledAfterMs: number;
  readonly violations: readonly Violation[];
}

const SAY_EVERY_MS = 30_000;
const SETTLES_WITHIN_MS = 6 * 60_000;
const LOOK_EVERY_MS = 1_000;

export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { seed, ms, folder, guard, say } = options;
  const violations: Violation[] = [];
  const object = (promise: string, detail: string) =>
    void violations.push({ promise, detail, step: -1 });
  say(`Starting, in ${folder}`);
  const system = await startSystem(folder, seed, guard);
  const reporter = new Reporter({
    seed,
    ingests: () => system.workers.flatMap((worker) => ingestOf(worker) ?? []),
    key: KEY,
    object,
  });
  const crowd = new Crowd({ seed, reporter, everyMs: options.personEveryMs });
  const sales = new Sales(system.journals.crm, reporter);
  const chaos = startChaos({
    seed,
    services: system.services,
    links: system.links,
    meanGapMs: options.faultEveryMs,
    tell: (what) =>
      writeFileSync(`${folder}/chaos.log`, `${new Date().toISOString()} ${what}\n`, { flag: 'a' }),
  });
  const saying = setInterval(() => say(printState({ chaos, crowd, reporter })), SAY_EVERY_MS);
  await pause(ms);
  await chaos.end();
  writeFileSync(system.healthyFile, '');
  clearInterval(saying);
  say(`No more faults. ${printState({ chaos, crowd, reporter })}`);
  const healedAt = Date.now();
  await Promise.all(system.services.map((service) => service.untilServing()));
  await crowd.end();
  const store = await openStore({ databaseUrl: system.databaseUrl });
  const connection = await Connection.connect({ address: system.temporalAddress });
  const client = new Client({ connection, namespace: NAMESPACE });
  await settle(async () => (await unrestful(store)) + reporter.open, say);
  await sales.end();
  await settle(async () => (await unrestful(store)) + reporter.open, say);
  const settledAfterMs = Date.now() - healedAt;
  // Workflows end, and are listed as ended, a little after the store knows it.
  await pause(LOOK_EVERY_MS * 5);
  const outcome = await readOutcome(store, client, system.journals);
  check(
    outcome,
    { acknowledged: reporter.acknowledged, left: crowd.left, answered: sales.answered },
    object,
  );
  await connection.close();
  await store.close();
  const fallen = fallenOf(system);
  for (const service of system.services) await service.end();
  for (const { proxy } of system.links) await proxy.close();
  return {
    seed,
    minutes: ms / 60_000,
    faults: Object.fromEntries(chaos.counts) as Record<Fault, number>, // one of each
    kills: Object.fromEntries(chaos.kills),
    fallen,
    people: crowd.size,
    events: reporter.acknowledged.size,
    attempts: reporter.attempts,
    runs: outcome.runs.length,
    messages: countBy(outcome.messages, ({ status }) => status),
    accepted: outcome.accepted.reduce((sum, { emails }) => sum + emails.length, 0),
    settledAfterMs,
    violations,
  };
}

async function settle(left: () => Promise<number>, say: (line: string) => void): Promise<void> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  let saidAt = Date.now();
  for (;;) {
    const count = await left();
    if (count === 0 || Date.now() > deadline) return;
    if (Date.now() - saidAt > SAY_EVERY_MS) {
      say(`${count} are still on their way.`);
      saidAt = Date.now();
    }
    await pause(LOOK_EVERY_MS);
  }
}

const fallenOf = ({ services }: System): Record<string, number> =>
  Object.fromEntries(services.map(({ name, fallen }) => [name, fallen]));

function countBy<T>(items: readonly T[], of: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[of(item)] = (counts[of(item)] ?? 0) + 1;
  return counts;
}

function printState({
  chaos,
  crowd,
  reporter,
}: {
  readonly chaos: Chaos;
  readonly crowd: Crowd;
  readonly reporter: Reporter;
}): string {
  const faults = [...chaos.counts].map(([fault, count]) => `${count} ${fault}`).join(', ');
  return `${faults}; ${crowd.size} people, ${reporter.acknowledged.size} events acknowledged, ${reporter.open} not yet.`;
}
