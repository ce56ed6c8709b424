/** Ingest, called over HTTP. Whatever goes wrong comes back as what to do about it. */
import type { DataProblem } from '../activities/data-problem.ts';

export interface IngestClient {
  /** @throws Error [ingest-unreachable, ingest-fault, wrong-key, unknown-journey, unknown-user, unknown-person, unknown-template, unknown-step, not-ingest] */
  get<Answer>(path: string): Promise<Answer>;
  /** @throws as `get`, RefusedError, Error [too-large] */
  post<Answer>(path: string, body: object): Promise<Answer>;
}

export interface IngestProblem extends DataProblem {
  /** Place in the batch; absent or null: all of it. */
  readonly item?: number | null;
}

/** A body that ingest finds malformed, with everything that is wrong with it. */
export class RefusedError extends Error {
  readonly problems: readonly IngestProblem[];

  constructor(url: string, problems: readonly IngestProblem[]) {
    const texts = problems.map(
      ({ path, expected, received }) =>
        `${path && `${path}: `}expected ${expected}, received ${received}`,
    );
    super(`${url} refused it: ${texts.join('; ')}. Correct that and call again. [refused]`);
    this.problems = problems;
  }
}

export function ingestClient(url: string, key: string | undefined): IngestClient {
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
    // Both ends are of one version: an answer has the shape of its route.
    get: <Answer>(path: string) => ask(path, {}) as Promise<Answer>,
    post: <Answer>(path: string, body: object) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        // As above.
      }) as Promise<Answer>,
  };
}

/** Where ingest answers about one person. */
export const personPath = (who: string): string => `/v1/people/${encodeURIComponent(who)}`;

/** Where ingest answers about one journey. */
export const journeyPath = (journey: string): string =>
  `/v1/journeys/${encodeURIComponent(journey)}`;

const NAMED: { readonly [error: string]: string } = {
  'unknown-template': 'its templates',
  'unknown-step': 'the steps of that journey',
};

async function accepted(response: Response, base: string, path: string): Promise<unknown> {
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  // Whatever listens there may have answered: looked at field by field.
  const said = (answer ?? {}) as {
    error?: unknown;
    problems?: unknown;
    expected?: unknown;
    ids?: unknown;
  };
  if (said.error === 'malformed' && Array.isArray(said.problems)) {
    throw new RefusedError(base, said.problems);
  }
  if (response.status === 401) {
    const key = said.expected === 'admin key' ? 'admin key' : 'write key';
    const variable = key === 'admin key' ? 'CULTIVO_ADMIN_KEY' : 'CULTIVO_WRITE_KEY';
    throw new Error(
      `${base}: expected the ${key}, received none or another. ` +
        `Give the one that ingest was started with, by --key or ${variable}; where it has none, start it with one. [wrong-key]`,
    );
  }
  if (said.error === 'forbidden' && path.endsWith('/leap')) {
    throw new Error(
      `${base}: expected an ingest of \`cultivo dev\`, received another, where waits are real. ` +
        'Nobody was moved. Use `cultivo dev`, or `cultivo play` for a whole calendar. [no-leaps]',
    );
  }
  if (said.error === 'forbidden') {
    throw new Error(
      `${base}: expected a call from the machine of an ingest without keys, received one from elsewhere. ` +
        'Start ingest with CULTIVO_ADMIN_KEY, and give that by --key. [no-key]',
    );
  }
  if (said.error === 'unknown-journey' && Array.isArray(said.expected)) {
    throw new Error(
      `${base}: expected one of its journeys (${said.expected.join(', ')}), received another name. ` +
        'Name one of them, or start ingest with the config that has it. [unknown-journey]',
    );
  }
  if (said.error === 'unknown-user' && Array.isArray(said.ids)) {
    throw new Error(
      `${base}: expected ids of people whom it knows, received ${said.ids.join(' and ')}, which it does not. ` +
        'Nothing was changed. Name ids as they were sent with behaviour. [unknown-user]',
    );
  }
  if (said.error === 'unknown-person' && Array.isArray(said.ids)) {
    throw new Error(
      `${base}: expected somebody whom it knows, received ${said.ids.join(' and ')}. ` +
        'Name a user id, an e-mail address or an anonymous id; `cultivo people` lists who is in a journey. [unknown-person]',
    );
  }
  const named = NAMED[String(said.error)];
  if (named !== undefined && Array.isArray(said.expected)) {
    throw new Error(
      `${base}: expected one of ${named} (${said.expected.join(', ')}), received another name. Name one of them. [${String(said.error)}]`,
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
