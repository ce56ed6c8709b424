/** Lets workflows that are started through a client skip time: the server leaps over their timers. */
import { Client, type Connection } from '@temporalio/client';

/** More leaps than a journey of years has wake-ups; the server's own default is 200. */
const MAX_LEAPS = 100_000;

/**
 * A client whose workflows skip time. The SDK has the server's messages for it but no option, so the
 * two requests that start workflows are completed on their way out.
 */
export function skippingClient(connection: Connection, namespace: string): Client {
  const service = connection.workflowService;
  const timeSkippingConfig = { enabled: true, maxSessionSkipCount: MAX_LEAPS };
  const skipping = extended(service, {
    startWorkflowExecution: ((request: object) =>
      service.startWorkflowExecution({ ...request, timeSkippingConfig })) as never, // one of its overloads
    signalWithStartWorkflowExecution: ((request: object) =>
      service.signalWithStartWorkflowExecution({ ...request, timeSkippingConfig })) as never, // likewise
  });
  return new Client({ connection: extended(connection, { workflowService: skipping }), namespace });
}

const extended = <T extends object>(base: T, own: Partial<T>): T =>
  Object.create(base, Object.getOwnPropertyDescriptors(own));
