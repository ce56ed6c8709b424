/** Every channel together: what they do, what they need, and the world that activities work with. */
import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { Context, OnMerge } from '../activities/context.ts';
import type { EffectTable } from '../activities/effect-kind.ts';
import { Crowds } from '../activities/entry/crowds.ts';
import { enrolEffect } from '../activities/entry/enrol-effect.ts';
import type { Lane } from '../activities/lanes/lane.ts';
import { SIGNALS, signalsLane } from '../activities/lanes/signals-lane.ts';
import type { World } from '../activities/world.ts';
import type { CultivoConfig } from '../dsl/config.ts';
import type { Plan } from '../dsl/plan.ts';
import type { Carrier, OpenPort } from './channel.ts';
import type { Store } from '../store/store.ts';
import * as CHANNELS from './list.ts';

type Channels = typeof CHANNELS;
type Carrying = {
  [
    C in keyof Channels as Channels[C] extends { carrier: unknown } ? C : never
  ]: Channels[C] extends {
    carrier: infer K;
  }
    ? K
    : never;
};
type All<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** What carries out of here what each channel sends. */
export type Ports = {
  readonly [C in keyof Carrying]: Carrying[C] extends { lane: (port: infer P) => Lane } ? P : never;
};

/** The same in memory, for rehearsals and tests. */
export type PortsInMemory = {
  readonly [C in keyof Carrying]: Carrying[C] extends { memory: () => infer M } ? M : never;
};

/** The variables of every channel's vendors. */
export type ChannelVariables = z.output<z.ZodObject<All<Carrying[keyof Carrying]['variables']>>>;

/** A channel that the list names otherwise than it names itself does not compile here. */
const channels: Channels & { readonly [C in keyof Channels]: { readonly name: C } } = CHANNELS;

const carriers: ReadonlyMap<string, Carrier<unknown>> = new Map(
  Object.values(channels).flatMap((channel) =>
    // Each carrier is only ever given a port of its own.
    'carrier' in channel
      ? [[channel.name, channel.carrier as unknown as Carrier<unknown>] as const]
      : [],
  ),
);

/** Shapes for whoever reads the environment. */
export const channelVariables = Object.assign(
  {},
  ...[...carriers.values()].map(({ variables }) => variables),
) as All<Carrying[keyof Carrying]['variables']>;

/** An effect that nobody performs does not compile here. */
const effects: EffectTable = Object.assign(
  { enrol: enrolEffect },
  ...Object.values(channels).map((channel) => channel.effects),
) as { enrol: typeof enrolEffect } & All<Channels[keyof Channels]['effects']>;

const onMerge: OnMerge = async (tx, two) => {
  for (const channel of Object.values(channels))
    if ('onMerge' in channel) await channel.onMerge?.(tx, two);
};

export const memoryPorts = (): PortsInMemory =>
  Object.fromEntries(
    [...carriers].map(([name, { memory }]) => [name, memory()]),
  ) as unknown as PortsInMemory; // each of its own channel

export interface OpenPorts {
  readonly ports: Ports;
  close(): Promise<void>;
}

/**
 * Opens the vendors that the config chooses; by default everything is kept in the store, to be looked at.
 *
 * @throws Error [key-missing] naming the variable that a chosen vendor needs, [unknown-vendor], [unknown-channel]
 */
export async function openPorts(
  { messaging, crm }: Pick<CultivoConfig, 'messaging' | 'crm'>,
  variables: ChannelVariables,
  store: Pick<Store, 'transaction'>,
): Promise<OpenPorts> {
  const chosen: { readonly [channel: string]: { readonly vendor: string } | undefined } = {
    ...messaging,
    crm,
  };
  for (const [name, vendor] of Object.entries(chosen))
    if (vendor !== undefined && !carriers.has(name))
      unknown('channel', 'messaging', carriers.keys(), name);
  const open = new Map<string, OpenPort<unknown>>();
  const close = async () => {
    for (const port of [...open.values()].toReversed()) await port.close();
  };
  try {
    for (const [name, { vendors }] of carriers) {
      const vendor = chosen[name]?.vendor ?? 'local';
      const opening =
        vendors[vendor] ?? unknown('vendor', `${name} vendor`, Object.keys(vendors), vendor);
      open.set(name, await opening(variables, store));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ports: Object.fromEntries(
      [...open].map(([name, { port }]) => [name, port]),
    ) as unknown as Ports,
    close,
  };
}

function unknown(code: string, what: string, known: Iterable<string>, received: string): never {
  throw new Error(
    `The config's ${what}: expected one of ${[...known].join(', ')}, received "${received}". ` +
      `Name one of these, or deploy a version that knows it. [unknown-${code}]`,
  );
}

export interface WorldParts
  extends
    Pick<World, 'project' | 'store' | 'cohorts'>,
    Partial<Pick<Context, 'clock' | 'newId' | 'gitSha'>> {
  readonly ports: Ports;
  /** Plans of people under way that are not those of the project any more. */
  readonly plans?: readonly Plan[];
}

/** The world as a worker has it; a rehearsal brings its own clock, ids and ports. */
export function newWorld({ ports, plans = [], ...parts }: WorldParts): World {
  const byHash = new Map(
    [...plans, ...parts.project.plans.values()].map((plan) => [plan.hash, plan]),
  );
  const lanes = new Map(
    [...carriers].map(([name, { lane }]) => [name, lane(ports[name as keyof Ports])]),
  );
  lanes.set(SIGNALS, signalsLane(parts.cohorts));
  return {
    clock: Date.now,
    newId: randomUUID,
    gitSha: null,
    crowds: new Crowds(),
    ...parts,
    plan: (hash) => byHash.get(hash),
    onMerge,
    effects,
    lanes,
  };
}
