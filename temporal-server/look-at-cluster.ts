/** What a cluster of others has for us, looked at without changing anything. */
import { type ClusterEnvironment, temporalConnectionOptions } from './connection-options.ts';
import { reachServer } from './reach-server.ts';
import { requireSearchAttributes } from './search-attributes.ts';
import { TemporalServerError } from './temporal-server-error.ts';

const SECONDS_A_DAY = 86_400;

export interface ClusterFacts {
  /** How long it remembers workflows that have ended. */
  readonly retentionDays: number;
  /** How to register what is missing. */
  readonly missingAttributes: string | undefined;
}

/** @throws TemporalServerError [temporal-unreachable] */
export async function lookAtCluster(
  environment: ClusterEnvironment,
  { address, namespace, withinMs }: { address: string; namespace: string; withinMs: number },
): Promise<ClusterFacts> {
  const connect = temporalConnectionOptions(environment, address);
  const connection = await reachServer({ connect, namespace, withinMs });
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const seconds = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
    const missing = await requireSearchAttributes(connection, namespace, connect).catch(
      (error: unknown) => {
        if (error instanceof TemporalServerError) return error.message;
        throw error;
      },
    );
    return {
      retentionDays: seconds / SECONDS_A_DAY,
      missingAttributes: missing ?? undefined,
    };
  } finally {
    await connection.close();
  }
}
