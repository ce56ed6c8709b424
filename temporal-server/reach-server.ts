/** Waits until a server answers for a namespace. */
import { Connection } from '@temporalio/client';
import { setTimeout } from 'node:timers/promises';
import type { TemporalConnectionOptions } from './connection-options.ts';
import { TemporalServerError } from './temporal-server-error.ts';

const ASK_EVERY_MS = 100;

export interface ReachOptions {
  readonly connect: TemporalConnectionOptions;
  readonly namespace: string;
  readonly withinMs: number;
  /** Turns false when waiting has become pointless. */
  readonly isWorthWaiting?: () => boolean;
}

/**
 * Resolves when the server answers for the namespace; the caller closes the connection.
 *
 * @throws TemporalServerError [temporal-unreachable] after `withinMs`.
 */
export async function reachServer(options: ReachOptions): Promise<Connection> {
  const { connect, namespace, withinMs, isWorthWaiting = () => true } = options;
  const deadline = Date.now() + withinMs;
  const connection = Connection.lazy({ ...connect, connectTimeout: withinMs });
  for (;;) {
    try {
      await connection.withDeadline(deadline, () =>
        connection.workflowService.describeNamespace({ namespace }),
      );
      return connection;
    } catch (error) {
      if (Date.now() < deadline && isWorthWaiting()) {
        await setTimeout(ASK_EVERY_MS);
        continue;
      }
      await connection.close();
      throw new TemporalServerError(
        'temporal-unreachable',
        `Temporal at ${connect.address}, namespace "${namespace}": expected an answer within ${withinMs / 1_000} s, received ${
          error instanceof Error ? error.message : String(error)
        }. Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_TLS and TEMPORAL_API_KEY, and that it runs.`,
        { cause: error },
      );
    }
  }
}
