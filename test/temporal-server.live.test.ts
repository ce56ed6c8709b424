import { Connection } from '@temporalio/client';
import { expect, inject, onTestFinished, test } from 'vitest';

test('live tests are given one Temporal server that serves', async () => {
  const { address, namespace } = inject('temporalServer');
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
  expect(namespaceInfo?.name).toBe(namespace);
});
