/** A TCP proxy whose connections can be frozen (both sides keep them, nothing comes through), cut, and healed. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface FreezableProxy {
  readonly port: number;
  /** From now on nothing comes through, and new connections are accepted and left alone. */
  freeze(): void;
  /** What is asked still comes through, and no answer does. */
  deafen(): void;
  /** Breaks every connection, and from now on every new one. */
  cut(): void;
  /** Lets everything through again, what was held back first. */
  heal(): void;
  close(): Promise<void>;
}

type State = 'open' | 'deaf' | 'frozen' | 'cut';
type Pair = readonly [near: Socket, far: Socket];

export async function freezableProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<FreezableProxy> {
  const pairs = new Set<Pair>();
  let state: State = 'open';
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (state === 'cut') return void near.resetAndDestroy();
    const far = connect(target.port, target.host);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        for (const other of pair) other.destroy();
        pairs.delete(pair);
      });
    }
    apply(state, pair);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const become = (next: State) => {
    state = next;
    for (const pair of pairs) apply(next, pair);
  };
  return {
    port: address.port,
    freeze: () => become('frozen'),
    deafen: () => become('deaf'),
    cut: () => become('cut'),
    heal: () => become('open'),
    async close() {
      const closed = once(server, 'close');
      server.close();
      pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
      await closed;
    },
  };
}

function apply(state: State, [near, far]: Pair): void {
  if (state === 'cut') return [near, far].forEach((socket) => socket.resetAndDestroy());
  for (const socket of [near, far]) {
    socket.unpipe();
    socket.pause();
  }
  if (state !== 'frozen') near.pipe(far);
  if (state === 'open') far.pipe(near);
}
