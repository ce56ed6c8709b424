/** Tells a Temporal that takes nothing now from a cohort that cannot take what it is brought. */
import { ProviderUnavailable } from '../activities/lanes/sender.ts';

/** INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE: the request will never do, or not for this workflow. */
const REFUSED = [3, 9, 11];
const RESOURCE_EXHAUSTED = 8;
/** A message too large is exhausted resources to gRPC; so is a rate limit, which passes. */
const TOO_LARGE = /larger than|exceeds|too large/i;

/** The error itself where it is about the cohort; else ProviderUnavailable. */
export function asDeliveryError(error: unknown): unknown {
  const status = statusIn(error);
  if (status === undefined || REFUSED.includes(status.code)) return error;
  if (status.code === RESOURCE_EXHAUSTED && TOO_LARGE.test(status.message)) return error;
  return new ProviderUnavailable('temporal-unavailable', status.message);
}

interface GrpcStatus {
  readonly code: number;
  readonly message: string;
}

function statusIn(error: unknown): GrpcStatus | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, message } = error as unknown as {
    readonly code?: unknown;
    readonly message: string;
  };
  return typeof code === 'number' ? { code, message } : statusIn(error.cause);
}
