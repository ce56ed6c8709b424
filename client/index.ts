/**
 * `cultivo/client`: tells an ingest what people do, from any server or browser. Needs nothing but `fetch`; what could
 * not be delivered for a moment is sent again under the same id, so it counts once.
 */
import type { CultivoConfig } from '../dsl/config.ts';
import type { Occurrence } from '../dsl/event.ts';
import type { LeadModel } from '../dsl/lead.ts';
import type { JsonObject } from '../dsl/plan.ts';
import type { SalesAnswer } from '../dsl/system-events.ts';

export interface ClientOptions {
  /** Where ingest answers: `https://in.example`. */
  readonly url: string;
  /** The write key; the admin key for those who enrol. Left out: an ingest of this machine that has none. */
  readonly key?: string;
  /** How often a call is tried where the network or ingest fails. Default 4. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, doubled from then on. Default 250. */
  readonly retryMs?: number;
  readonly fetch?: typeof fetch;
}

/** Who did it: a user whom the firm knows, a device, or both where somebody has just signed in. */
export type Who =
  string | { readonly userId?: string; readonly anonymousId?: string; readonly email?: string };

export interface Answer {
  readonly recorded: number;
  readonly duplicates: number;
  readonly identified: number;
  readonly entered: number;
  readonly refused: number;
  /** What did not fit and was left out: unknown events, traits that the lead model does not take. */
  readonly warnings?: readonly {
    /** Place in the batch. */
    readonly item: number;
    readonly path: string;
    readonly expected: string;
    readonly received: string;
    readonly fix: string | null;
  }[];
}

/** The lead of a config that names its model; of any other, whatever is said. */
type LeadOf<C> = C extends { readonly lead: LeadModel<infer L> } ? L : JsonObject;

interface CallOptions {
  /** The same again changes nothing. Default: made up. */
  readonly messageId?: string;
  /** When it happened. Default: now. */
  readonly at?: Date;
}

export interface CultivoClient<L> {
  /** Somebody did something: `client.track('ana', PricingViewed({ plan: 'pro' }))`. */
  track(who: Who, occurrence: Occurrence, options?: CallOptions): Promise<Answer>;
  /** Somebody is known by these fields, of which others stay; `consents`: topics with yes or no. */
  identify(
    who: Who,
    traits: { readonly [F in keyof L]?: L[F] | null } & {
      readonly consents?: { readonly [topic: string]: boolean };
    },
    options?: CallOptions,
  ): Promise<Answer>;
  /** Brings users in by hand. Needs the admin key. */
  enrol(
    journey: string | { readonly id: string },
    users: readonly string[],
    options?: Pick<CallOptions, 'messageId'>,
  ): Promise<{ readonly entered: number; readonly refused: number }>;
  /** Sales answers the handoff of a run. */
  answer(run: string, step: string, answer: SalesAnswer): Promise<void>;
}

/** Ingest has said no: what it answered says why. */
export class CultivoClientError extends Error {
  override readonly name = 'CultivoClientError';
  /** Of HTTP; 0: no answer at all. */
  readonly status: number;
  readonly answer: unknown;

  constructor(url: string, status: number, answer: unknown, cause?: unknown) {
    super(
      status === 0
        ? `${url}: expected an answer, received none. Nothing is known of what it recorded. Calls with a messageId of your own may be made again: what was recorded is not recorded twice. [unreachable]`
        : `${url}: expected to be heard, received ${status}: ${JSON.stringify(answer)}. [refused]`,
      { cause },
    );
    this.status = status;
    this.answer = answer;
  }
}

/**
 * Makes a client; name the config's type for the lead's fields.
 *
 * @throws CultivoClientError by its methods.
 * @example
 * const client = createClient<typeof config>({ url: 'https://in.example', key: 'key' });
 * typeof client.track // => 'function'
 */
export function createClient<C extends CultivoConfig = CultivoConfig>({
  url,
  key,
  attempts = 4,
  retryMs = 250,
  fetch: send = fetch,
}: ClientOptions): CultivoClient<LeadOf<C>> {
  const base = url.replace(/\/+$/, '');
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Basic ${btoa(`${key}:`)}` }),
  };
  async function post<T>(path: string, body: object): Promise<T> {
    const init = { method: 'POST', headers, body: JSON.stringify(body), keepalive: true };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await send(`${base}${path}`, init);
        const answer: unknown = await response.json().catch(() => undefined);
        // Both ends are of one version: an answer has the shape of its route.
        if (response.ok) return answer as T;
        if (attempt >= attempts || !isPassing(response.status))
          throw new CultivoClientError(`${base}${path}`, response.status, answer);
      } catch (error) {
        if (error instanceof CultivoClientError) throw error;
        if (attempt >= attempts)
          throw new CultivoClientError(`${base}${path}`, 0, undefined, error);
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs * 2 ** (attempt - 1)));
    }
  }
  const common = (who: Who, { messageId = crypto.randomUUID(), at = new Date() }: CallOptions) => ({
    ...(typeof who === 'string' ? { userId: who } : who),
    messageId,
    timestamp: at.toISOString(),
    sentAt: new Date().toISOString(),
  });
  return {
    track: (who, { event, properties }, options = {}) =>
      post('/v1/track', { ...common(who, options), event, properties }),
    identify: (who, traits, options = {}) =>
      post('/v1/identify', { ...common(who, options), traits: { ...emailOf(who), ...traits } }),
    enrol: (journey, users, { messageId = crypto.randomUUID() } = {}) =>
      post('/v1/enrol', {
        journey: typeof journey === 'string' ? journey : journey.id,
        users: users.map((userId) => ({ userId })),
        messageId,
      }),
    answer: async (run, step, answer) => {
      await post(`/v1/handoffs/${[run, step].map(encodeURIComponent).join('/')}`, { answer });
    },
  };
}

/** Too much at once, or a fault: later it may be heard. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

const emailOf = (who: Who): { readonly email?: string } =>
  typeof who === 'object' && who.email !== undefined ? { email: who.email } : {};
