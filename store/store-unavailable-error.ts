/** The database cannot be used as it was named; the message says what to do and holds no password. */
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
