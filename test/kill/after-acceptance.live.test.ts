/** `kill -9` between the provider's acceptance and the record of it: one message each. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { startResendServer } from '../fakes/resend-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  expectEachTouchOnce,
  heard,
  kill,
  killableOptions,
  startKillable,
  reported,
} from './killable.ts';

test('what was accepted and never recorded is delivered once', async () => {
  const resend = await startResendServer();
  onTestFinished(() => resend.close());
  const options = killableOptions(temporaryFolder(), resend, { people: 3, cohortSize: 1 });
  resend.next({ fault: 'silent-after-accepting' });
  const first = startKillable(options);
  await heard(first, 'ready');
  await vi.waitUntil(() => resend.calls.length > 0, { timeout: 30_000 });
  const accepted = resend.delivered.length;
  expect(accepted).toBeGreaterThan(0);
  await kill(first);
  const second = startKillable(options);
  const report = await reported(second);
  await second.ended();
  const [key] = resend.calls.map(({ idempotencyKey }) => idempotencyKey);
  const repeats = resend.calls.filter(({ idempotencyKey }) => idempotencyKey === key);
  expect(repeats.map(({ emails }) => emails)).toEqual([accepted, accepted]);
  await expectEachTouchOnce(report, options, resend);
});
