/** People and their e-mails that wait, as the gate leaves them: everybody's first message, then everybody's second. */
import { waitingRow } from '../activities/lanes/lane.ts';
import type { Store } from '../store/store.ts';
import { consents, enrolments, laneRows, messages, people } from '../store/tables/index.ts';

const AT = Date.UTC(2026, 2, 2, 10);
const ROWS_AT_ONCE = 5_000;

export async function fillLane(store: Store, rows: number, each: number): Promise<void> {
  const everybody = Array.from({ length: rows / each }, (_, i) => `p-${i}`);
  for (const ids of slices(everybody))
    await store.transaction(async (tx) => {
      await tx.add(people, ids.map(aPerson));
      await tx.add(consents, ids.map(aConsent));
      await tx.add(enrolments, ids.map(aRun));
    });
  for (let step = 1; step <= each; step++)
    for (const ids of slices(everybody))
      await store.transaction(async (tx) => {
        const sent = ids.map((id) => aMessage(id, `email:news-${step}`));
        await tx.add(messages, sent);
        await tx.add(
          laneRows,
          sent.map(({ key, person, at }) =>
            waitingRow({ lane: 'email', key, cohort: 'news/0', person, at, payload: {} }),
          ),
        );
      });
}

function* slices<T>(all: readonly T[]) {
  for (let i = 0; i < all.length; i += ROWS_AT_ONCE) yield all.slice(i, i + ROWS_AT_ONCE);
}

const aPerson = (id: string) => ({
  id,
  profile: { name: `Name ${id}`, email: `${id}@a.example` },
  zone: null,
  createdAt: AT,
});

const aConsent = (person: string) => ({
  person,
  topic: 'nurture',
  state: 'in' as const,
  at: AT,
  source: 'web',
});

const aRun = (person: string) => ({
  id: `run-${person}`,
  journey: 'news',
  person,
  plan: 'hash',
  cohort: 'news/0',
  status: 'live' as const,
  step: 'email:news-1',
  since: AT,
  enteredAt: AT,
});

const aMessage = (person: string, step: string) => ({
  key: `news/${person}/run-${person}/${step}`,
  run: `run-${person}`,
  journey: 'news',
  person,
  step,
  channel: 'email',
  template: 'news',
  topic: 'nurture',
  class: 'marketing' as const,
  from: null,
  at: AT,
  status: 'waiting' as const,
});
