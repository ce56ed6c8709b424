/** How to reach the cluster that the environment names: the same answer for clients and workers. */
import type { Environment } from './environment.ts';

export interface TemporalConnectionOptions {
  readonly address: string;
  readonly tls?: true;
  readonly apiKey?: string;
}

/**
 * The options that `Connection.connect` and `NativeConnection.connect` take. Keys and TLS belong to
 * the cluster of TEMPORAL_ADDRESS; a server started here has neither.
 *
 * @param address host:port, as `TemporalServer.address` gives it.
 */
export function temporalConnectionOptions(
  environment: Pick<Environment, 'TEMPORAL_ADDRESS' | 'TEMPORAL_API_KEY' | 'TEMPORAL_TLS'>,
  address: string,
): TemporalConnectionOptions {
  if (address !== environment.TEMPORAL_ADDRESS) return { address };
  return {
    address,
    ...(environment.TEMPORAL_TLS && { tls: true }),
    ...(environment.TEMPORAL_API_KEY !== undefined && { apiKey: environment.TEMPORAL_API_KEY }),
  };
}
