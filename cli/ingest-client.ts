/** Ingest, spoken to over HTTP. Whatever goes wrong comes back as what to do about it. */

export interface IngestClient {
  readonly url: string;
  /** @throws Error [ingest-unreachable, ingest-fault, wrong-key, unknown-journey, not-ingest] */
  get<Answer>(path: string): Promise<Answer>;
  /** As `get`; a body that ingest finds malformed comes back with what is wrong with it. */
  post<Answer>(path: string, body: object): Promise<Answer | Malformed>;
}

export interface Malformed {
  readonly error: 'malformed';
  readonly problems: readonly IngestProblem[];
}

export interface IngestProblem {
  /** Place in the batch; absent or null: all of it. */
  readonly item?: number | null;
  readonly path: string;
  readonly expected: string;
  readonly received: string;
}

export interface IngestPlace {
  readonly url: string;
  readonly key: string | undefined;
}

export function ingestClient({ url, key }: IngestPlace): IngestClient {
  const base = checkedUrl(url);
  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
    const headers = new Headers(init.headers);
    if (key !== undefined) headers.set('authorization', authorization);
    const response = await fetch(`${base}${path}`, { ...init, headers }).catch((error: unknown) => {
      throw unreachable(base, error);
    });
    return accepted(response, base, path);
  };
  return {
    url: base,
    // Both ends are of one version: an answer has the shape of its route.
    get: <Answer>(path: string) => ask(path, {}) as Promise<Answer>,
    post: <Answer>(path: string, body: object) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        // As above.
      }) as Promise<Answer | Malformed>,
  };
}

export const isMalformed = (answer: object): answer is Malformed =>
  'error' in answer && answer.error === 'malformed';

async function accepted(response: Response, base: string, path: string): Promise<unknown> {
  const answer: unknown = await response.json().catch(() => undefined);
  const said = typeof answer === 'object' && answer !== null ? answer : {};
  if (response.ok && answer !== undefined) return answer;
  if (isMalformed(said)) return said;
  if (response.status === 401) {
    throw new Error(
      `${base}: expected the write key, received none or another. ` +
        'Give the one that ingest was started with, by --key or CULTIVO_WRITE_KEY. [wrong-key]',
    );
  }
  if ('error' in said && said.error === 'unknown-journey' && 'expected' in said) {
    throw new Error(
      `${base}: expected one of its journeys (${[said.expected].flat().join(', ')}), received another name. ` +
        'Name one of them, or start ingest with the config that has it. [unknown-journey]',
    );
  }
  if (response.status === 413) {
    throw new Error(
      `${base}${path}: expected items that ingest takes, received one of more than 512 KB. Shorten it. [too-large]`,
    );
  }
  if (response.status >= 500) {
    throw new Error(
      `${base}${path}: expected an answer, received ${response.status}. ` +
        'Ingest says why where it runs; what was not answered was not recorded. Call again when that is put right. [ingest-fault]',
    );
  }
  throw new Error(
    `${base}${path}: expected an answer of ingest, received ${response.status}. ` +
      'Something else may listen there: see where `cultivo dev` says that ingest is, and name it with --url. [not-ingest]',
  );
}

const unreachable = (base: string, error: unknown): Error =>
  new Error(
    `${base}: expected ingest, received no connection. ` +
      'Start it with `cultivo dev` or `cultivo worker`, or say where it is with --url. [ingest-unreachable]',
    { cause: error },
  );

function checkedUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return url.replace(/\/+$/, '');
  throw new Error(
    `--url: expected a URL like http://127.0.0.1:4000, received ${JSON.stringify(url)}. ` +
      'Give it as `cultivo dev` shows it. [invalid-url]',
  );
}
