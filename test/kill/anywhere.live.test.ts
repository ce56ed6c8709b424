/** `kill -9` in the middle of journeys, wherever it falls: nobody lost, nothing twice. */
import { describe, onTestFinished, test, vi } from 'vitest';
import { type ResendServer, startResendServer } from '../fakes/resend-server.ts';
import { postgresMissing, startPostgres } from '../postgres.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  expectEachTouchOnce,
  kill,
  killableOptions,
  type KillableOptions,
  startKillable,
  told,
} from './killable.ts';

const PEOPLE = 34;
const EMAILS = PEOPLE * 7;

/** Park and Miller's numbers: the same ones for the same seed, from 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Each kill falls where so many e-mails have been delivered. */
async function killSeveralTimes(
  options: KillableOptions,
  resend: ResendServer,
  seed: number,
): Promise<void> {
  const random = randomNumbers(seed);
  const instants = [random(), random()].map((share) => 1 + Math.floor(share * (EMAILS - 1)));
  for (const instant of instants.toSorted((a, b) => a - b)) {
    const worker = startKillable(options);
    await vi.waitUntil(() => resend.delivered.length >= instant, { timeout: 60_000, interval: 1 });
    await kill(worker);
  }
  const last = startKillable(options);
  const report = await told(last);
  await last.ended();
  await expectEachTouchOnce(report, options, resend);
}

describe.each([
  [1, 20_260_302],
  [200, 19_991_231],
])('in cohorts of %i', (cohortSize, seed) => {
  test('everybody gets each of nine touches once', async () => {
    const resend = await startResendServer();
    onTestFinished(() => resend.close());
    const options = killableOptions(temporaryFolder(), resend, { people: PEOPLE, cohortSize });
    await killSeveralTimes(options, resend, seed);
  });
});

const missing = postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`;

test.skipIf(postgresMissing !== null)(`on a Postgres server too${missing}`, async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const resend = await startResendServer();
  onTestFinished(() => resend.close());
  const databaseUrl = await postgres.createDatabase();
  const options = killableOptions(temporaryFolder(), resend, { people: PEOPLE, cohortSize: 10 });
  await killSeveralTimes({ ...options, databaseUrl }, resend, 17);
});
