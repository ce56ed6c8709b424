/**
 * A port on 127.0.0.1 that nobody listens on. Someone may take it before it is used: whoever asks
 * must be ready to ask again.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('A TCP server on port 0 has no port.');
  }
  return address.port;
}
