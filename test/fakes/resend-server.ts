/**
 * Resend on this machine: an HTTP server with state, its idempotency, limits and validation, and faults on
 * demand. Deliveries are kept to be counted; nothing leaves the machine.
 */
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  domainOf,
  failure,
  normalise,
  problemOf,
  rateLimited,
  toEmail,
  type Answer,
  type ResendEmail,
  type Row,
} from './resend-rules.ts';
import { readAccepted, type Accepted } from './resend-journal.ts';

/** What happens to one call, instead of or after its ordinary treatment. */
export type ResendFault =
  | { readonly fault: 'rate-limit'; readonly retryAfterSeconds?: number }
  | { readonly fault: 'daily-quota' }
  | { readonly fault: 'status'; readonly status: number; readonly name?: string }
  /** A gateway's page in place of JSON; nothing accepted. */
  | { readonly fault: 'bad-gateway' }
  /** Nothing accepted, the connection breaks. */
  | { readonly fault: 'reset' }
  /** Everything accepted, and no answer: the connection breaks, or stays silent. */
  | { readonly fault: 'reset-after-accepting' }
  | { readonly fault: 'silent-after-accepting' }
  | { readonly fault: 'slow'; readonly ms: number }
  /** Whatever was done with it: answered so, by somebody on the way. */
  | {
      readonly fault: 'lie';
      readonly isAccepted: boolean;
      readonly status: number;
      readonly body: string;
    };

export interface ResendCall {
  readonly path: string;
  readonly idempotencyKey: string | undefined;
  readonly emails: number;
  readonly status: number;
}

export interface ResendServer {
  readonly url: string;
  /** One entry per e-mail that went out, oldest first. */
  readonly delivered: readonly ResendEmail[];
  /** Every call that was answered (or accepted without an answer). */
  readonly calls: readonly ResendCall[];
  /** The next calls meet these, one each, in order. */
  next(...faults: readonly ResendFault[]): void;
  /** An address that makes its e-mail invalid; `whole-call`: permissive batches too are refused whole. */
  refuse(address: string, how?: 'row' | 'whole-call'): void;
  /** A sender's domain that was never verified: calls with it are refused whole. */
  unverify(domain: string): void;
  /** Moves the server's clock on, for the 24 hours of idempotency keys and the rate limit. */
  elapse(ms: number): void;
  close(): Promise<void>;
}

export interface ResendServerOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** Calls a second before 429; default: no limit. Resend's own is 5 a team. */
  readonly callsPerSecond?: number;
  /** The only key that is let in; default: any. */
  readonly apiKey?: string;
  /** A file of what was accepted, so that a server which is killed and started again knows it still. */
  readonly journal?: string;
  /** What a call meets where nothing was asked for by `next`. */
  readonly faultOf?: () => ResendFault | undefined;
}

interface Remembered {
  readonly at: number;
  readonly bodyHash: string;
  /** Undefined while the first call is still on its way. */
  answer: Answer | undefined;
}

const KEY_LIFE_MS = 24 * 3_600_000;

/** Starts the server on 127.0.0.1; it serves this process and any other. */
export async function startResendServer(options: ResendServerOptions = {}): Promise<ResendServer> {
  const delivered: ResendEmail[] = [];
  const calls: ResendCall[] = [];
  const faults: ResendFault[] = [];
  const refused = new Map<string, 'row' | 'whole-call'>();
  const unverified = new Set<string>();
  const remembered = new Map<string, Remembered>();
  const recent: number[] = [];
  let elapsed = 0;
  const { journal } = options;
  if (journal !== undefined) readAccepted(journal).forEach(keep);
  const now = () => Date.now() + elapsed;

  function mayCall(): boolean {
    const limit = options.callsPerSecond ?? Infinity;
    while (recent[0] !== undefined && recent[0] <= now() - 1000) recent.shift();
    if (recent.length >= limit) return false;
    recent.push(now());
    return true;
  }

  /** As every answer says them. */
  function limits(): Record<string, string> {
    const { callsPerSecond: limit } = options;
    if (limit === undefined) return {};
    return {
      'ratelimit-policy': `${limit};w=1`,
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(limit - recent.length),
      'ratelimit-reset': '1',
    };
  }

  function fault(found: ResendFault | undefined): Answer | undefined {
    if (found?.fault === 'rate-limit') return rateLimited(found.retryAfterSeconds);
    if (found?.fault === 'daily-quota') {
      return failure(429, 'daily_quota_exceeded', 'You have reached your daily email quota.');
    }
    if (found?.fault === 'status') {
      return failure(found.status, found.name ?? 'internal_server_error', 'Something went wrong.');
    }
    if (found?.fault === 'lie') return { status: found.status, body: found.body };
    if (found?.fault === 'bad-gateway') return { status: 502, body: '<h1>502 Bad Gateway</h1>' };
    return undefined;
  }

  function accept(
    rows: readonly Row[],
    permissive: boolean,
  ): Answer | Pick<Accepted, 'answer' | 'emails'> {
    const domain = rows.map(({ from }) => domainOf(from)).find((each) => unverified.has(each));
    if (domain !== undefined) {
      return failure(403, 'validation_error', `The ${domain} domain is not verified.`);
    }
    const problems = rows.flatMap((row, index) => {
      const message = problemOf(row, refused);
      return message === undefined ? [] : [{ index, message }];
    });
    const whole = rows.some(({ to }) => to.some((each) => refused.get(each) === 'whole-call'));
    const [first] = problems;
    if (first !== undefined && (!permissive || whole)) {
      return failure(422, 'validation_error', first.message);
    }
    const bad = new Set(problems.map(({ index }) => index));
    const emails = rows.filter((_, index) => !bad.has(index)).map(toEmail);
    const data = emails.map(({ id }) => ({ id }));
    const body = { data, ...(permissive ? { errors: problems } : {}) };
    return { answer: { status: 200, body }, emails };
  }

  /** Only what was accepted is remembered: a refused call may be corrected and made again. */
  function keep({ at, key, bodyHash, answer, emails }: Accepted): void {
    delivered.push(...emails);
    if (key !== undefined) remembered.set(key, { at, bodyHash, answer });
  }

  function treat(path: string, key: string | undefined, body: string, permissive: boolean): Answer {
    const memory = key === undefined ? undefined : remembered.get(key);
    const bodyHash = createHash('sha256').update(body).digest('hex');
    if (memory !== undefined && memory.at > now() - KEY_LIFE_MS) {
      if (memory.bodyHash !== bodyHash) {
        return failure(
          409,
          'invalid_idempotent_request',
          'Same idempotency key used with a different request payload.',
        );
      }
      return (
        memory.answer ??
        failure(409, 'concurrent_idempotent_requests', 'A request with this key is in progress.')
      );
    }
    // A body of the real client.
    const parsed = JSON.parse(body) as Row | Row[];
    const rows = Array.isArray(parsed) ? parsed : [parsed];
    if (rows.length > 100) return failure(422, 'validation_error', 'At most 100 emails.');
    const verdict = accept(rows.map(normalise), permissive);
    if ('status' in verdict) return verdict;
    const accepted = { at: now(), key, bodyHash, ...verdict };
    // Before anybody hears of it: whoever kills the server now finds it accepted.
    if (journal !== undefined) appendFileSync(journal, `${JSON.stringify(accepted)}\n`);
    keep(accepted);
    return path === '/emails'
      ? { status: 200, body: { id: delivered.at(-1)?.id } }
      : verdict.answer;
  }

  const server = createServer((request, response) => {
    void handle(request, response);
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const path = request.url ?? '';
    const key = headerOf(request, 'idempotency-key');
    const found = faults.shift() ?? options.faultOf?.();
    const record = (status: number) => {
      calls.push({ path, idempotencyKey: key, emails: countOf(body), status });
    };
    if (found?.fault === 'reset') {
      record(0);
      request.socket.destroy();
      return;
    }
    if (found?.fault === 'slow') await hold(request, key, body, found.ms);
    const honest = () =>
      admit(request, path) ??
      treat(path, key, body, headerOf(request, 'x-batch-validation') === 'permissive');
    if (found?.fault === 'lie' && found.isAccepted) honest();
    const answer = fault(found) ?? honest();
    record(answer.status);
    if (found?.fault === 'reset-after-accepting') request.socket.destroy();
    else if (found?.fault !== 'silent-after-accepting')
      reply(response, { ...answer, headers: { ...limits(), ...answer.headers } });
  }

  /** Keeps a call on its way: others with its key are concurrent. */
  async function hold(request: IncomingMessage, key: string | undefined, body: string, ms: number) {
    const bodyHash = createHash('sha256').update(body).digest('hex');
    if (key !== undefined) remembered.set(key, { at: now(), bodyHash, answer: undefined });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      request.socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    if (key !== undefined) remembered.delete(key);
  }

  function admit(request: IncomingMessage, path: string): Answer | undefined {
    const given = headerOf(request, 'authorization')?.replace(/^Bearer /, '');
    if (given === undefined) return failure(401, 'missing_api_key', 'Missing API key.');
    if (options.apiKey !== undefined && given !== options.apiKey) {
      return failure(403, 'invalid_api_key', 'API key is invalid.');
    }
    if (path !== '/emails' && path !== '/emails/batch') {
      return failure(404, 'not_found', 'No such path.');
    }
    return mayCall() ? undefined : rateLimited(1);
  }

  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  // Listening over TCP, so the address is not a path.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    delivered,
    calls,
    next: (...more) => {
      faults.push(...more);
    },
    refuse: (address, how = 'row') => {
      refused.set(address, how);
    },
    unverify: (domain) => {
      unverified.add(domain);
    },
    elapse: (ms) => {
      elapsed += ms;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, { status, body, headers }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)); // no encoding is set
  return Buffer.concat(chunks).toString();
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function countOf(body: string): number {
  try {
    const parsed: unknown = JSON.parse(body);
    return Array.isArray(parsed) ? parsed.length : 1;
  } catch {
    return 0;
  }
}
