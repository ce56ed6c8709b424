/** How a cluster is reached: the same answer for clients, workers and the check of its namespace. */

/** What the environment says about it, named as its variables are. */
export interface ClusterEnvironment {
  readonly TEMPORAL_ADDRESS?: string | undefined;
  readonly TEMPORAL_API_KEY?: string | undefined;
  readonly TEMPORAL_TLS: boolean;
}

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
  environment: ClusterEnvironment,
  address: string,
): TemporalConnectionOptions {
  if (address !== environment.TEMPORAL_ADDRESS) return { address };
  return {
    address,
    ...(environment.TEMPORAL_TLS && { tls: true }),
    ...(environment.TEMPORAL_API_KEY !== undefined && { apiKey: environment.TEMPORAL_API_KEY }),
  };
}
