/** Turns what goes wrong while connecting into errors that say what to do and never hold the password. */

/** The database cannot be used as it was named. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly code: StoreUnavailableCode;

  constructor(code: StoreUnavailableCode, message: string) {
    super(`DATABASE_URL: ${message} [${code}]`);
    this.code = code;
  }
}

export type StoreUnavailableCode =
  | 'store-url-invalid'
  | 'store-unreachable'
  | 'store-login-refused'
  | 'store-database-missing'
  | 'store-not-permitted'
  | 'store-failed';

/** `user@host:port/database`, as errors may name it. */
export function targetOf(databaseUrl: string): string {
  const url = parsed(databaseUrl);
  const user = url.username === '' ? '' : `${decodeURIComponent(url.username)}@`;
  const host = url.hostname || url.searchParams.get('host') || 'localhost';
  return `${user}${host}:${url.port || '5432'}${url.pathname}`;
}

function parsed(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  if (url === null || isMisread(url)) {
    throw invalid(
      'something that does not read as one. Percent-encode special characters in the password (@ is %40, / is %2F, # is %23, % is %25).',
    );
  }
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw invalid(
      `a URL that begins with ${url.protocol}//. Name a Postgres database, or unset it to use the embedded store.`,
    );
  }
  return url;
}

const invalid = (received: string): StoreUnavailableError =>
  new StoreUnavailableError(
    'store-url-invalid',
    `expected postgres://user:password@host:5432/database, received ${received}`,
  );

/** A special character in the password divides the URL wrongly; its parts must not end up in an error. */
function isMisread(url: URL): boolean {
  if (/[@:]/.test(url.pathname) || url.search.includes('@') || url.hash !== '') return true;
  return /%(?![0-9a-f]{2})/i.test(url.username + url.password);
}

/** A code of Node, or the words in which pg gives up. */
const NO_ANSWER =
  /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH) |timeout|timed out|terminated unexpectedly/i;

/** Of one that cannot give anybody a connection of their own. */
const REFUSED_BY_POOLER = /unsupported startup parameter/i;

const pooled = (target: string): StoreUnavailableError =>
  new StoreUnavailableError(
    'store-failed',
    `${target}: a pooler stands before it that hands out connections by transaction, and refuses what we ask of ours. Name the server itself, or a pooler in session mode.`,
  );

export function explainConnection(error: unknown, target: string): StoreUnavailableError {
  // Both Node and pg put a code on their errors; one that has none is reported as it is.
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return unreachable(`nothing listens at ${target}. Start the server or correct the address.`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`the host of ${target} has no address. Correct its name.`);
    case '53300':
      return unreachable(
        `${target} has no connection left. Raise max_connections or stop what holds them.`,
      );
    case '57P03':
      return unreachable(`${target} is still starting. Try again when it is up.`);
    case '28P01':
    case '28000':
      return new StoreUnavailableError(
        'store-login-refused',
        `${target} refuses this login (${message}). Correct user and password, percent-encoded, and the server's pg_hba.conf or sslmode.`,
      );
    case '3D000':
      return new StoreUnavailableError(
        'store-database-missing',
        `${target}: that database does not exist. Create it (createdb) or correct the name.`,
      );
    case '42501':
      return new StoreUnavailableError(
        'store-not-permitted',
        `${target}: this user may not create the tables (${message}). Grant it CREATE on the database.`,
      );
    default:
      if (REFUSED_BY_POOLER.test(message)) return pooled(target);
      return NO_ANSWER.test(`${code} ${message}`)
        ? unreachable(`${target} does not answer. Check network, firewall and address.`)
        : new StoreUnavailableError('store-failed', `${target} could not be used: ${message}.`);
  }
}

const unreachable = (message: string): StoreUnavailableError =>
  new StoreUnavailableError('store-unreachable', message);
