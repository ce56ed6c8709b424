/** How long pages of the studio take: a journey with 100,000 people in it, a person with 10,000 events. On Postgres. */
import config from '../../examples/three-month-nurture/cultivo.config.ts';
import { createIngest } from '../../ingest/create-ingest.ts';
import { openStore } from '../../store/open-store.ts';
import type { Transaction } from '../../store/store.ts';
import { decisions, enrolments, events, people } from '../../store/tables/index.ts';
import { studioRoutes } from '../../studio/index.ts';
import { recordingWorld } from '../../test/fixtures/recording-world.ts';
import { startPostgres } from '../../test/postgres.ts';
import type { Figure } from '../bench.ts';
import { median } from '../measure.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const DAY_MS = 86_400_000;
const PEOPLE = 100_000;
const EVENTS = 10_000;
const AT_ONCE = 5_000;
const ROUNDS = 7;
const JOURNEY = 'three-month-nurture';

export const about = 'pages of the studio with many people, and of somebody with a long past';

export async function run(): Promise<readonly Figure[]> {
  const postgres = await startPostgres();
  const store = await openStore({ databaseUrl: await postgres.createDatabase() });
  try {
    const world = recordingWorld(config, NOW, store);
    const plan = world.project.plans.get(JOURNEY);
    if (plan === undefined) throw new Error('Bench: the example has no such journey.');
    const steps = Object.keys(plan.nodes);
    for (let from = 0; from < PEOPLE; from += AT_ONCE)
      await store.transaction((tx) => addPeople(tx, from, steps, plan.hash));
    await store.transaction(addPast);
    const app = createIngest(world, { routes: studioRoutes({ mayAct: false }) });
    const page = async (path: string) => {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const from = performance.now();
        const answer = await app.request(`http://127.0.0.1:4000/studio${path}`);
        await answer.text();
        if (answer.status !== 200) throw new Error(`Bench: ${path} answered ${answer.status}.`);
        times.push(performance.now() - from);
      }
      return median(times);
    };
    return [
      {
        what: 'journey with 100,000 people',
        ours: await page(`/journeys/${JOURNEY}`),
        unit: 'ms',
        goal: { of: 'ours', atMost: 300 },
      },
      {
        what: 'people at one of its steps',
        ours: await page(`/people?journey=${JOURNEY}&step=${encodeURIComponent(steps[3] ?? '')}`),
        unit: 'ms',
      },
      {
        what: 'person with 10,000 events',
        ours: await page('/people/p-0'),
        unit: 'ms',
        goal: { of: 'ours', atMost: 500 },
      },
    ];
  } finally {
    await store.close();
    await postgres.stop();
  }
}

/** Each with five lines in the ledger, over the last 90 days. */
async function addPeople(
  tx: Transaction,
  from: number,
  steps: readonly string[],
  plan: string,
): Promise<void> {
  const ids = Array.from({ length: AT_ONCE }, (_, i) => from + i);
  const at = (n: number) => NOW - ((n * 7_919) % (90 * DAY_MS));
  await tx.add(
    people,
    ids.map((n) => ({
      id: `p-${n}`,
      profile: { name: `P ${n}`, email: `p${n}@a.example` },
      zone: 'Europe/Madrid',
      createdAt: at(n),
    })),
  );
  await tx.add(
    enrolments,
    ids.map((n) => ({
      id: `run-${n}`,
      journey: JOURNEY,
      person: `p-${n}`,
      plan,
      cohort: `c-${n % 200}`,
      status: 'live' as const,
      step: steps[n % steps.length] ?? '',
      since: at(n),
      enteredAt: at(n),
    })),
  );
  const verdicts = ['enter', 'send', 'send', 'skip', 'way'] as const;
  await tx.add(
    decisions,
    ids.flatMap((n) =>
      verdicts.map((verdict, i) => ({
        key: `${n}/${i}`,
        run: `run-${n}`,
        journey: JOURNEY,
        person: `p-${n}`,
        plan,
        step: steps[(n + i) % steps.length] ?? '',
        at: at(n) + i,
        what: 'email',
        verdict,
        reason: verdict === 'skip' ? 'no consent to nurture' : null,
        outcome: verdict === 'way' ? 'yes' : null,
      })),
    ),
  );
}

const addPast = (tx: Transaction) =>
  tx.add(
    events,
    Array.from({ length: EVENTS }, (_, i) => ({
      source: 'bench',
      id: `e-${i}`,
      person: 'p-0',
      name: 'page viewed',
      originalName: 'Page Viewed',
      at: NOW - i * 60_000,
      receivedAt: NOW,
      properties: { name: 'Home' },
      suspectedBot: false,
    })),
  );
