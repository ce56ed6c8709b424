import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { recordingWorld } from '../test/fixtures/recording-world.ts';
import { createIngest } from './create-ingest.ts';
import { serveIngest } from './serve.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const ingest = () => createIngest(recordingWorld({ journeys: [] }, NOW), { maxBytes: 10_000 });
const JSON_TYPE = { 'content-type': 'application/json' };
const message = JSON.stringify({ messageId: 'm', userId: 'u1', event: 'Page Viewed' });

test('takes behaviour over HTTP, packed and plain, on any free port', async () => {
  const server = await serveIngest(ingest(), { port: 0 });
  try {
    expect(server.port).toBeGreaterThan(0);
    const first = await fetch(`${server.url}/v1/track`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: message,
    });
    expect(first.status).toBe(202);
    const packed = new Uint8Array(gzipSync(message));
    const again = await fetch(`${server.url}/v1/track`, {
      method: 'POST',
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
      body: packed,
    });
    expect(await again.json()).toMatchObject({ recorded: 0, duplicates: 1 });
    const large = await fetch(`${server.url}/v1/track`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: ' '.repeat(20_000),
    });
    expect(large.status).toBe(413);
  } finally {
    await server.stop();
  }
  await expect(fetch(`${server.url}/health`)).rejects.toThrow();
});

test('a port in use is named, with what to do', async () => {
  const server = await serveIngest(ingest(), { port: 0 });
  try {
    await expect(serveIngest(ingest(), { port: server.port })).rejects.toThrow(
      /port \d+ .* choose another with --port. \[port-in-use\]/,
    );
  } finally {
    await server.stop();
  }
});

test('stopping waits for the answer to a request under way, and for nothing more', async () => {
  let answer: (() => void) | undefined;
  let arrived: (() => void) | undefined;
  const underWay = new Promise<void>((resolve) => (arrived = resolve));
  const server = await serveIngest(
    {
      fetch: async () => {
        arrived?.();
        await new Promise<void>((resolve) => (answer = resolve));
        return new Response('done');
      },
    },
    { port: 0 },
  );
  const response = fetch(server.url);
  await underWay;
  const stopped = server.stop();
  const before = performance.now();
  answer?.();
  expect(await (await response).text()).toBe('done');
  await stopped;
  // Servers keep a connection for seconds, so that its client may ask again.
  expect(performance.now() - before).toBeLessThan(900);
  await server.stop();
});
