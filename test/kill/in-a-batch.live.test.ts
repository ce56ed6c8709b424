/** `kill -9` in the middle of a batch of a lane, what it did done and not recorded. */
import { onTestFinished, test } from 'vitest';
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

async function killWithin(
  where: 'signals' | 'crm',
  { cohortSize, after }: { readonly cohortSize: number; readonly after: number },
): Promise<void> {
  const resend = await startResendServer();
  onTestFinished(() => resend.close());
  const options = killableOptions(temporaryFolder(), resend, { people: 12, cohortSize });
  const first = startKillable({ ...options, hang: { where, after } });
  await heard(first, 'hanging');
  await kill(first);
  const second = startKillable(options);
  const report = await reported(second);
  await second.ended();
  await expectEachTouchOnce(report, options, resend);
}

// Together, because each spends most of its time waiting for the server to miss the killed.
test('a batch of signals or for the CRM comes again, and nothing of it twice', async () => {
  await Promise.all([
    killWithin('signals', { cohortSize: 4, after: 2 }),
    killWithin('crm', { cohortSize: 200, after: 7 }),
  ]);
});
