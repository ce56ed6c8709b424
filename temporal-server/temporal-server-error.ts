/** What can go wrong between wanting a Temporal server and talking to one. */
export type TemporalServerErrorCode =
  | 'no-temporal-server'
  | 'temporal-server-died'
  | 'temporal-port-in-use'
  | 'temporal-file-in-use'
  | 'temporal-unreachable'
  | 'missing-search-attributes';

export class TemporalServerError extends Error {
  override readonly name = 'TemporalServerError';
  readonly code: TemporalServerErrorCode;
  constructor(code: TemporalServerErrorCode, message: string, options?: ErrorOptions) {
    // A message that ends with a line to copy keeps that line clean.
    super(`${message}${message.endsWith('\n') ? '' : ' '}[${code}]`, options);
    this.code = code;
  }
}
