/** What a channel is: a folder here, and a line in `list.ts`. */
import type * as z from 'zod';
import type { OnMerge } from '../activities/context.ts';
import type { EffectTable } from '../activities/effect-kind.ts';
import type { Lane } from '../activities/lanes/lane.ts';
import type { Store } from '../store/store.ts';

export interface Carrier<P, M extends P = P, V extends z.ZodRawShape = z.ZodRawShape> {
  /** Environment variables that its vendors need. Optional ones: only a vendor that is chosen asks for them. */
  readonly variables: V;
  /** The adapters that a config may choose, opened when one is. `local` is the default. */
  readonly vendors: { readonly local: OpenVendor<P, V> } & {
    readonly [vendor: string]: OpenVendor<P, V>;
  };
  /** For rehearsals: keeps what it is given, and is slow at nothing. */
  readonly memory: () => M;
  /** The lane of the channel's name. */
  readonly lane: (port: P) => Lane;
}

/** @throws Error [key-missing] naming the variable that the vendor needs. */
export type OpenVendor<P, V extends z.ZodRawShape> = (
  variables: z.output<z.ZodObject<V>>,
  store: Pick<Store, 'transaction'>,
) => Promise<OpenPort<P>>;

export interface OpenPort<P> {
  readonly port: P;
  close(): Promise<void>;
}

/**
 * Checks a channel's parts against each other and keeps their types.
 *
 * @typeParam P its port: what carries out of here what the channel sends.
 * @typeParam M the port in memory, with what rehearsals and tests look at.
 */
export const defineChannel = <
  const N extends string,
  const E extends Partial<EffectTable>,
  P,
  M extends P,
  V extends z.ZodRawShape,
>(channel: {
  /** As in `list.ts`; of its lane too. */
  readonly name: N;
  /** What the steps that use it ask for, by effect. */
  readonly effects: E;
  /** What is its own of two people who turn out to be one. */
  readonly onMerge?: OnMerge;
  readonly carrier: Carrier<P, M, V>;
}): typeof channel => channel;
