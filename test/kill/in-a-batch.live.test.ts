/** `kill -9` in the middle of a batch of a lane, what it did done and not recorded. */
import { describe, onTestFinished, test } from 'vitest';
import { startResendServer } from '../fakes/resend-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  expectEachTouchOnce,
  heard,
  kill,
  killableOptions,
  startKillable,
  told,
} from './killable.ts';

describe.each([
  ['signals', 1, 5],
  ['signals', 10, 2],
  ['crm', 200, 7],
] as const)('of %s, in cohorts of %i', (where, cohortSize, after) => {
  test('the batch comes again and nothing of it twice', async () => {
    const resend = await startResendServer();
    onTestFinished(() => resend.close());
    const options = killableOptions(temporaryFolder(), resend, { people: 34, cohortSize });
    const first = startKillable({ ...options, hang: { where, after } });
    await heard(first, 'hanging');
    await kill(first);
    const second = startKillable(options);
    const report = await told(second);
    await second.ended();
    await expectEachTouchOnce(report, options, resend);
  });
});
