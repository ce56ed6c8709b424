/** Every text that a Temporal namespace keeps of its workflows: ids, summaries, attributes, histories with what payloads hold. */
import { Client, Connection } from '@temporalio/client';

export interface KeptText {
  readonly workflow: string;
  readonly text: string;
}

/** Of workflows of any state whose task queue begins with `queues`. */
export async function* keptByTemporal(
  { address, namespace }: { readonly address: string; readonly namespace: string },
  queues: string,
): AsyncGenerator<KeptText> {
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection, namespace });
    for await (const { raw, workflowId, runId, taskQueue } of workflow.list()) {
      if (!taskQueue.startsWith(queues)) continue;
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      for (const text of textsIn([raw, history])) yield { workflow: workflowId, text };
    }
  } finally {
    await connection.close();
  }
}

/** Bytes are what payloads are made of. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value instanceof Uint8Array) yield Buffer.from(value).toString('utf8');
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield key;
      yield* textsIn(inner);
    }
  }
}
