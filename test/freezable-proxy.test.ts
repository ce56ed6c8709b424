/** The proxy that stands between a program and what it needs: what comes through, and what does not. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freezableProxy } from './freezable-proxy.ts';

async function echoBehindProxy() {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      heard.push(data.toString());
      socket.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listens over TCP
  const proxy = await freezableProxy({ host: '127.0.0.1', port });
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  return { proxy, heard, call: () => connect(proxy.port, '127.0.0.1') };
}

/** Errors are another way to be over. */
const closeOf = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined).once('close', () => resolve());
  });

const answerOf = async (socket: Socket): Promise<string> =>
  ((await once(socket, 'data')) as [Buffer])[0].toString();

test('holds what is said while it is frozen, and lets it through afterwards', async () => {
  const { proxy, heard, call } = await echoBehindProxy();
  const socket = call();
  socket.write('before');
  expect(await answerOf(socket)).toBe('before');
  proxy.freeze();
  socket.write('meanwhile');
  const second = call();
  await once(second, 'connect');
  expect(heard).toEqual(['before']);
  proxy.heal();
  expect(await answerOf(socket)).toBe('meanwhile');
});

test('keeps answers back while what is asked comes through', async () => {
  const { proxy, heard, call } = await echoBehindProxy();
  const socket = call();
  proxy.deafen();
  socket.write('asked');
  await expect.poll(() => heard).toEqual(['asked']);
  const answer = answerOf(socket);
  proxy.heal();
  expect(await answer).toBe('asked');
});

test('breaks connections and refuses new ones until it is healed', async () => {
  const { proxy, call } = await echoBehindProxy();
  const socket = call();
  socket.write('before');
  await answerOf(socket);
  const broken = closeOf(socket);
  proxy.cut();
  await broken;
  await closeOf(call());
  proxy.heal();
  const later = call();
  later.write('later');
  expect(await answerOf(later)).toBe('later');
});
