/**
 * Without a key only programs of this machine are let in. Pages of any site can make a browser call this
 * machine: from elsewhere (its origin says so), by a name of their own that leads here (the host says so),
 * or as a form (no form sends JSON).
 */
import type { Context } from 'hono';

/**
 * What was expected instead; undefined: it may come in.
 *
 * @param asForm whether forms may, which pages of our own have.
 */
export function notLocal(context: Context, { asForm = false } = {}): string | undefined {
  const { hostname, host } = new URL(context.req.url);
  if (!isThisMachine(hostname)) return 'a call to localhost';
  const origin = context.req.header('origin');
  if (origin !== undefined && hostOf(origin) !== host) return 'no call from a page elsewhere';
  const isJson = /^application\/([\w.-]+\+)?json\b/i.test(context.req.header('content-type') ?? '');
  return asForm || context.req.method === 'GET' || isJson
    ? undefined
    : 'content-type: application/json';
}

const isThisMachine = (hostname: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/i.test(hostname);

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;
