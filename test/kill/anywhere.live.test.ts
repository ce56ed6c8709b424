/** `kill -9` in the middle of journeys, wherever it falls: nobody lost, nothing twice. */
import { onTestFinished, test, vi } from 'vitest';
import { type ResendServer, startResendServer } from '../fakes/resend-server.ts';
import { postgresMissing, startPostgres } from '../postgres.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  expectEachTouchOnce,
  kill,
  killableOptions,
  type KillableOptions,
  startKillable,
  reported,
} from './killable.ts';

const PEOPLE = 30;
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
  { seed, kills }: { readonly seed: number; readonly kills: number },
): Promise<void> {
  const random = randomNumbers(seed);
  const instants = Array.from({ length: kills }, random).map(
    (share) => 1 + Math.floor(share * (EMAILS - 1)),
  );
  for (const instant of instants.toSorted((a, b) => a - b)) {
    const worker = startKillable(options);
    await vi.waitUntil(() => resend.delivered.length >= instant, { timeout: 110_000, interval: 1 });
    await kill(worker);
  }
  const last = startKillable(options);
  const report = await reported(last);
  await last.ended();
  await expectEachTouchOnce(report, options, resend);
}

interface Case {
  readonly cohortSize: number;
  readonly seed: number;
  readonly kills: number;
  readonly databaseUrl?: string;
}

async function play({ cohortSize, databaseUrl, ...when }: Case): Promise<void> {
  const resend = await startResendServer();
  onTestFinished(() => resend.close());
  const options = killableOptions(temporaryFolder(), resend, { people: PEOPLE, cohortSize });
  const store = databaseUrl === undefined ? {} : { databaseUrl };
  await killSeveralTimes({ ...options, ...store }, resend, when);
}

async function playOnPostgres(of: Case): Promise<void> {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  await play({ ...of, databaseUrl: await postgres.createDatabase() });
}

const on = postgresMissing === null ? 'and on Postgres' : `(no Postgres: ${postgresMissing})`;

// Together, because each spends most of its time waiting for the server to miss the killed.
test(
  `everybody gets each touch once, in cohorts of 1 and of 200 ${on}`,
  { timeout: 180_000 },
  async () => {
    await Promise.all([
      play({ cohortSize: 1, seed: 20_260_302, kills: 2 }),
      play({ cohortSize: 200, seed: 19_991_231, kills: 2 }),
      ...(postgresMissing === null ? [playOnPostgres({ cohortSize: 10, seed: 17, kills: 1 })] : []),
    ]);
  },
);
