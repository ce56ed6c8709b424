/** Whatever Resend, or somebody on the way, answers: each message is delivered once, or known to be in doubt. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drainBatch } from '../../../activities/lanes/drain-batch.ts';
import { retryLane } from '../../../activities/lanes/retry-lane.ts';
import { messages } from '../../../store/tables/index.ts';
import { type ResendFault, startResendServer } from '../../../test/fakes/resend-server.ts';
import { laneWorld } from '../../../test/lane-world.ts';
import { resendEmailSender } from './resend-email-sender.ts';

const MINUTE = 60_000;
const PEOPLE = 5;

const body = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    '{}',
    '[]',
    '<h1>Bad gateway</h1>',
    '{"name":"application_error","message":"?"}',
    '{"name":"internal_server_error","statusCode":500,"message":"Sorry"}',
    '{"name":"rate_limit","message":"slow down"}',
    '{"error":{"name":"validation_error"}}',
    '{"data":{}}',
    '{"statusCode":"422","name":7}',
    '{"statusCode":422,"message":"No"}',
    '{"data":[{"id":',
  ),
  fc.json({ maxDepth: 2 }),
);

const fault: fc.Arbitrary<ResendFault> = fc.oneof(
  fc.record({
    fault: fc.constant('lie' as const),
    isAccepted: fc.boolean(),
    status: fc.constantFrom(400, 404, 408, 413, 418, 422, 500, 502, 503, 504, 529),
    body,
  }),
  fc.constantFrom<ResendFault>(
    { fault: 'rate-limit', retryAfterSeconds: 3 },
    { fault: 'daily-quota' },
    { fault: 'bad-gateway' },
    { fault: 'reset' },
    { fault: 'reset-after-accepting' },
    { fault: 'status', status: 500 },
    { fault: 'status', status: 503, name: 'application_error' },
  ),
);

test('a provider that errs and lies delivers nothing twice and loses nothing', async () => {
  const server = await startResendServer();
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 15 }), fc.uuid(), async (faults, run) => {
        const world = laneWorld();
        for (let n = 0; n < PEOPLE; n += 1) {
          const person = `${run}-${n}`;
          await world.addPerson(person);
          await world.addMessage(person);
        }
        const email = resendEmailSender({ apiKey: 're_test', baseUrl: server.url });
        const sending = world.withPorts({ email });
        // Another day: every world here counts its batches from one.
        server.elapse(25 * 60 * MINUTE);
        server.next(...faults);
        // Below the day after which the vendor forgets.
        for (let tries = 0; tries < 40; tries += 1) {
          await drainBatch(sending, 'email').catch(() => undefined);
          world.elapse(20 * MINUTE);
          await retryLane(sending, 'email');
        }
        const delivered = server.delivered
          .flatMap(({ to }) => to)
          .filter((to) => to.startsWith(run));
        expect(new Set(delivered).size).toBe(delivered.length);
        const all = await world.store.transaction((tx) => tx.find(messages, {}));
        expect(all.map(({ status }) => status)).toEqual(all.map(() => 'sent'));
        expect(delivered).toHaveLength(PEOPLE);
      }),
      { numRuns: 150 },
    );
  } finally {
    await server.close();
  }
});
