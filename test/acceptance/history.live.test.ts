/** What Temporal keeps: no personal data, bounded histories, and pages that read well. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { journey } from '../../dsl/index.ts';
import { onTemporal } from '../../rehearsal/temporal/on-temporal.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal, openLog } from '../../worker/open-log.ts';
import { ana, Lead, nineTouches } from '../nine-touches.ts';
import { ownCode } from './own-code.ts';
import { programme } from './programme.ts';
import { waiting } from './waiting.ts';

logTemporal(openLog('error'));
const { address, namespace } = inject('temporalServer');
const options = { address, namespace, cacheDirectory: readEnvironment().CULTIVO_CACHE };

describe.each([1, 200])('a cohort of %i', (cohortSize) => {
  test('leaves no personal data in its history, and reads well', async () => {
    const connection = await Connection.connect({ address });
    onTestFinished(() => connection.close());
    const client = new Client({ connection, namespace });
    const id = `nine-${randomUUID()}`;
    const touches = journey(id, { lead: Lead }, nineTouches.steps as never); // same lead
    const lead = { ...ana, id: 'opaque-1' };
    const story = await rehearse(
      touches,
      { lead, from: '2026-03-02T10:00', cohortSize },
      onTemporal(options),
    );
    expect(story.status).toBe('completed');
    const execution = await vi.waitUntil(
      async () => {
        for await (const each of client.workflow.list({ query: `CultivoJourney = '${id}'` }))
          return each;
        return undefined;
      },
      { timeout: 20_000, interval: 100 },
    );
    const handle = client.workflow.getHandle(execution.workflowId);
    const description = await handle.describe();
    const summary = await description.staticSummary();
    expect(summary).toBe(`${id}, ${cohortSize === 1 ? 'one person' : 'many people'}`);
    expect(execution.workflowId).toMatch(new RegExp(`^${id}/${cohortSize === 1 ? '' : '.+/0'}`));
    const attributes = Object.entries(description.searchAttributes);
    expect(Object.fromEntries(attributes)).toMatchObject(
      cohortSize === 1
        ? { CultivoJourney: [id], CultivoLead: ['opaque-1'], CultivoStep: [expect.any(String)] }
        : { CultivoJourney: [id] },
    );
    const text = decoded(historyToJSON(await handle.fetchHistory()));
    expect(text).toContain('opaque-1');
    for (const secret of ['Ana', 'ana@example.com', 'example.com', '600 000 000', '+34']) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('a history that has grown long goes on in a new one', () => {
  const host = onTemporal({ ...options, maxEvents: 100 });
  test.each([
    ...waiting.filter(({ name }) => /middle of a wait|very limit/.test(name)),
    ...ownCode.filter(({ name }) => /third time/.test(name)),
    ...programme.filter(({ name }) => /abandons the block|nine touches|sixty/.test(name)),
  ])('$name', ({ run }) => run({ host, cohortSize: 200 }));
});

/** The history with its payloads, which hold base64, in plain text beside it. */
function decoded(json: string): string {
  const payloads = [...json.matchAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString(),
  );
  return `${json}\n${payloads.join('\n')}`;
}
