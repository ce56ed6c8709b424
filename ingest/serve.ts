/** Ingest on a port. Stopping lets requests under way finish: what was answered 202 is in the store. */
import { createAdaptorServer } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { Server, ServerOptions as HttpServerOptions } from 'node:http';

export interface IngestServer {
  readonly port: number;
  readonly url: string;
  /** Takes no more connections and resolves when the last request was answered. */
  stop(): Promise<void>;
}

type Slowest = Pick<
  HttpServerOptions,
  'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'
>;

export interface ServeOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Default 127.0.0.1: this machine alone. */
  readonly host?: string;
  /** Milliseconds until what is not there yet is cut, and between looking. Default 10 s for headers, 30 s for all. */
  readonly slowest?: Slowest | undefined;
}

/** Requests still open after this long are cut. */
const GRACE_MS = 10_000;

/** Senders that take longer are cut: each holds a connection, and what it has sent. */
const SLOWEST: Slowest = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};

/** @throws Error [port-in-use] */
export async function serveIngest(
  app: { readonly fetch: (request: Request) => Response | Promise<Response> },
  { port, host = '127.0.0.1', slowest = SLOWEST }: ServeOptions,
): Promise<IngestServer> {
  const fetch = (request: Request) => app.fetch(request);
  // Without options for HTTP/2 or TLS it is a plain server.
  const server = createAdaptorServer({ fetch, serverOptions: slowest }) as Server;
  let stopping: Promise<void> | undefined;
  // Otherwise the connection would be kept for seconds, for the next request of its client.
  server.on('request', (_, response) =>
    response.once('finish', () => {
      if (stopping !== undefined) server.closeIdleConnections();
    }),
  );
  await listen(server, port, host);
  // A server that listens on a port has an address of this form.
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    stop: () => (stopping ??= stop(server)),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portInUse(port, host, error) : error),
    );
    server.listen(port, host, resolve);
  });
}

const portInUse = (port: number, host: string, cause: Error): Error =>
  new Error(
    `Ingest: expected port ${port} of ${host} to be free, received a port in use. ` +
      'End what listens there, or choose another with --port. [port-in-use]',
    { cause },
  );

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
