/** Breaks one thing after the other, chosen by a seed, and puts each right again after a while. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FreezableProxy } from '../freezable-proxy.ts';
import { type Random, randomOf } from '../simulation/random.ts';
import type { Service } from './service.ts';

export const FAULTS = ['kill', 'stop', 'freeze', 'deafen', 'cut'] as const;
export type Fault = (typeof FAULTS)[number];

/** A connection between two of the processes. */
export interface Link {
  readonly name: string;
  readonly proxy: FreezableProxy;
}

export interface ChaosOptions {
  readonly seed: number;
  readonly services: readonly Service[];
  readonly links: readonly Link[];
  /** Between two faults, on average. */
  readonly meanGapMs: number;
  /** Told of each, with the instant at which it is over. */
  readonly tell: (what: string) => void;
}

export interface Chaos {
  readonly counts: ReadonlyMap<Fault, number>;
  /** How often each was killed. */
  readonly kills: ReadonlyMap<string, number>;
  /** No more faults; resolves when everything is put right. */
  end(): Promise<void>;
}

interface Possible {
  readonly fault: Fault;
  readonly victim: string;
  readonly weight: number;
  readonly begin: (ms: number) => void;
  readonly over: () => void;
}

const KILL_WEIGHT = 4;
const SHORT_MS = 4_000;
const LONG_MS = 25_000;
/** Some faults outlast what heartbeats and connections bear. */
const LONG_CHANCE = 0.12;

export function startChaos(options: ChaosOptions): Chaos {
  const { seed, meanGapMs, tell } = options;
  const random = randomOf(`chaos of ${seed}`);
  const all = [...options.services.flatMap(faultsOf), ...options.links.flatMap(cutsOf)];
  const counts = new Map<Fault, number>(FAULTS.map((fault) => [fault, 0]));
  const kills = new Map(options.services.map(({ name }) => [name, 0]));
  const suffering = new Map<string, Promise<void>>();
  const ended = new AbortController();

  async function strike({ fault, victim, begin, over }: Possible): Promise<void> {
    const ms = random.below(random.chance(LONG_CHANCE) ? LONG_MS : SHORT_MS);
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
    if (fault === 'kill') kills.set(victim, (kills.get(victim) ?? 0) + 1);
    tell(`${fault} ${victim}, ${ms} ms`);
    begin(ms);
    await pause(ms, undefined, { signal: ended.signal }).catch(() => undefined);
    over();
  }

  async function go(): Promise<void> {
    while (!ended.signal.aborted) {
      const gap = -Math.log(1 - random.next()) * meanGapMs;
      await pause(gap, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      const possible = all.filter(({ victim }) => !suffering.has(victim) && isThere(victim));
      const chosen = weighed(random, possible);
      if (chosen === undefined) continue;
      const { victim } = chosen;
      suffering.set(
        victim,
        strike(chosen).finally(() => suffering.delete(victim)),
      );
    }
  }

  const isThere = (victim: string): boolean =>
    options.services.find(({ name }) => name === victim)?.isRunning !== false;
  const going = go();
  return {
    counts,
    kills,
    async end() {
      ended.abort();
      await going;
      await Promise.all(suffering.values());
    },
  };
}

const faultsOf = (service: Service): readonly Possible[] => [
  {
    fault: 'kill',
    victim: service.name,
    weight: KILL_WEIGHT,
    begin: (ms) => service.kill(ms),
    over: () => undefined,
  },
  {
    fault: 'stop',
    victim: service.name,
    weight: 1,
    begin: () => service.stop(),
    over: () => service.goOn(),
  },
];

const cutsOf = ({ name, proxy }: Link): readonly Possible[] => {
  const shared = { victim: name, weight: 0.5, over: () => proxy.heal() };
  return [
    { ...shared, fault: 'freeze', begin: () => proxy.freeze() },
    { ...shared, fault: 'deafen', begin: () => proxy.deafen() },
    { ...shared, fault: 'cut', begin: () => proxy.cut() },
  ];
};

function weighed(random: Random, possible: readonly Possible[]): Possible | undefined {
  const total = possible.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.next() * total;
  return possible.find(({ weight }) => (left -= weight) < 0);
}
