/** What Temporal's runtime says, in our logs: warnings only, and none about activities that outlive their story. */
import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Temporal's own log level; must be called before the first worker or connection of the process. */
export function installRuntime(level: 'WARN' | 'ERROR' = 'WARN'): void {
  Runtime.install({
    logger: new DefaultLogger(level),
    telemetryOptions: { logging: { forward: {}, filter: level } },
    shutdownSignals: [],
  });
}
