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
  const starting: Partial<typeof service> = {
    startWorkflowExecution: ((request: object) =>
      service.startWorkflowExecution({ ...request, timeSkippingConfig })) as never, // one of its overloads
    signalWithStartWorkflowExecution: ((request: object) =>
      service.signalWithStartWorkflowExecution({ ...request, timeSkippingConfig })) as never, // likewise
  };
  const skipping = new Proxy(service, {
    get: (target, property, receiver) =>
      Reflect.get(property in starting ? starting : target, property, receiver),
  });
  const connected = new Proxy(connection, {
    get: (target, property, receiver) =>
      property === 'workflowService' ? skipping : Reflect.get(target, property, receiver),
  });
  return new Client({ connection: connected, namespace });
}
