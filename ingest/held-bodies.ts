/**
 * How many bytes of requests' bodies are held at once, so that no crowd of senders fills the memory: those
 * that have not shown a key share a small part of it. What does not fit is refused, and may come again.
 */

export interface HeldBodies {
  /** The whole body, or why it is not held. Its room is free again once `release` is called. */
  read(body: ReadableStream<Uint8Array> | null, limits: BodyLimits): Promise<HeldBody>;
}

export interface BodyLimits {
  readonly maxBytes: number;
  /** Whether its sender has shown a key. */
  readonly known: boolean;
}

export type HeldBody =
  | { readonly bytes: Buffer; release(): void }
  | { readonly bytes: 'too large' | 'no room'; release(): void };

export interface HeldBytes {
  /** Of all bodies together. */
  readonly all: number;
  /** Of those whose senders have shown no key. */
  readonly unknown: number;
}

const MEGABYTE = 1_024 * 1_024;
export const MOST_HELD: HeldBytes = { all: 128 * MEGABYTE, unknown: 16 * MEGABYTE };

export function heldBodies(most: HeldBytes = MOST_HELD): HeldBodies {
  const held = { all: 0, unknown: 0 };
  return {
    async read(body, { maxBytes, known }) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      const take = (bytes: number): void => {
        size += bytes;
        held.all += bytes;
        if (!known) held.unknown += bytes;
      };
      const release = (): void => take(-size);
      const refuse = (bytes: 'too large' | 'no room'): HeldBody => {
        release();
        return { bytes, release: () => undefined };
      };
      try {
        // Breaking off cancels the stream: what is still on its way is never read.
        for await (const chunk of body ?? []) {
          take(chunk.byteLength);
          if (size > maxBytes) return refuse('too large');
          if (held.all > most.all || held.unknown > most.unknown) return refuse('no room');
          chunks.push(chunk);
        }
      } catch (error) {
        release();
        throw error;
      }
      return { bytes: Buffer.concat(chunks), release };
    },
  };
}
