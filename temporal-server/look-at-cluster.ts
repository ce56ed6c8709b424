/** Looks at a cluster and a namespace as whoever would use them, asks once and changes nothing. */
import { Connection, isGrpcServiceError } from '@temporalio/client';
import type { TemporalConnectionOptions } from './connection-options.ts';
import { missingSearchAttributes } from './search-attributes.ts';

export type ClusterSeen =
  | {
      readonly is: 'reached';
      /** Of what has ended; null: it does not say. */
      readonly retentionDays: number | null;
      /** Search attributes of ours; null: it does not say. */
      readonly missing: readonly string[] | null;
    }
  | { readonly is: 'no-namespace' }
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'unreachable'; readonly why: string };

const DAY_S = 86_400;
/** Codes of gRPC: https://grpc.io/docs/guides/status-codes. */
const DEADLINE_EXCEEDED = 4;
const NOT_FOUND = 5;
const REFUSED: readonly number[] = [7, 16];

export async function lookAtCluster(
  connect: TemporalConnectionOptions,
  namespace: string,
  withinMs: number,
): Promise<ClusterSeen> {
  let connection: Connection;
  try {
    // Calls on one that is not connected yet are tried again past their deadline.
    connection = await Connection.connect({ ...connect, connectTimeout: withinMs });
  } catch (error) {
    return whyNot(error, withinMs);
  }
  const within = <T>(ask: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + withinMs, ask);
  try {
    const { config } = await within(() =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    const seconds = config?.workflowExecutionRetentionTtl?.seconds;
    const missing = await within(() => missingSearchAttributes(connection, namespace)).catch(
      () => null,
    );
    return {
      is: 'reached',
      retentionDays: seconds == null ? null : Number(seconds) / DAY_S,
      missing,
    };
  } catch (error) {
    return whyNot(error, withinMs);
  } finally {
    await connection.close().catch(() => undefined); // what was seen stands
  }
}

function whyNot(error: unknown, withinMs: number): ClusterSeen {
  const cause = isGrpcServiceError(error)
    ? error
    : error instanceof Error
      ? error.cause
      : undefined;
  const { code, details } = isGrpcServiceError(cause) ? cause : {};
  if (code === NOT_FOUND) return { is: 'no-namespace' };
  if (code !== undefined && REFUSED.includes(code)) return { is: 'refused', why: details ?? '' };
  const said = details ?? (error instanceof Error ? error.message : String(error));
  const isLate = code === DEADLINE_EXCEEDED || /deadline/i.test(said);
  return { is: 'unreachable', why: isLate ? `no answer within ${withinMs / 1_000} s` : said };
}
