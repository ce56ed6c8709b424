/** A TCP proxy whose connections can be frozen (both sides keep them, nothing comes through) and healed. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface FreezableProxy {
  readonly port: number;
  /** From now on nothing comes through, and new connections are accepted and left alone. */
  freeze(): void;
  /** Lets everything through again, what was held back first. */
  heal(): void;
  close(): Promise<void>;
}

export async function freezableProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<FreezableProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let frozen = false;
  const server = createServer((near) => {
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
    join(pair);
    if (frozen) hold(pair);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    freeze() {
      frozen = true;
      pairs.forEach(hold);
    },
    heal() {
      frozen = false;
      pairs.forEach(join);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
      await closed;
    },
  };
}

function join([near, far]: readonly [Socket, Socket]): void {
  near.pipe(far);
  far.pipe(near);
}

function hold(pair: readonly [Socket, Socket]): void {
  for (const socket of pair) {
    socket.unpipe();
    socket.pause();
  }
}
