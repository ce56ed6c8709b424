/** Of two who are merged, what either has left stays left, until the one whom they turn out to be opts in again. */
import type { Instant } from '../../dsl/plan.ts';
import type { Transaction } from '../../store/store.ts';
import { type Consent, consents, merged } from '../../store/tables/index.ts';
import type { Merge } from './who-is-who.ts';

const SOURCE = 'merge';

/**
 * Before the two are one: whose word it was is lost then. An opt-in that shows them to be one comes after it.
 *
 * @param at when they turned out to be one.
 */
export async function keepOptOuts(
  tx: Transaction,
  { from, into }: Pick<Merge, 'from' | 'into'>,
  at: Instant,
): Promise<void> {
  // In order of time: of each person the last word on a topic stands.
  const said = await tx.find(consents, { person: [from, into] });
  const last = new Map(said.map((row) => [`${row.person} ${row.topic}`, row]));
  const left = new Set(
    [...last.values()].filter(({ state }) => state === 'out').map(({ topic }) => topic),
  );
  const latestOn = (topic: string): Instant =>
    said.findLast((row) => row.topic === topic)?.at ?? at;
  await tx.add(
    consents,
    [...left].map((topic) => ({
      person: into,
      topic,
      state: 'out' as const,
      at: Math.max(at, latestOn(topic)),
      source: SOURCE,
    })),
  );
}

/**
 * The same for what becomes known after the two are one: whose word it was is lost, so an opt-out from before counts
 * as the last word of that time. Opt-ins in the message that showed them to be one still come after it.
 */
export async function keepLateOptOuts(
  tx: Transaction,
  said: readonly Consent[],
): Promise<readonly Consent[]> {
  const leaving = said.filter(({ state }) => state === 'out').map(({ person }) => person);
  if (leaving.length === 0) return said;
  const mergedAt = new Map<string, Instant>();
  for (const { into, at } of await tx.find(merged, { into: [...new Set(leaving)] }))
    mergedAt.set(into, Math.max(mergedAt.get(into) ?? -Infinity, at ?? -Infinity));
  return said.map((word) =>
    word.state === 'out'
      ? { ...word, at: Math.max(word.at, (mergedAt.get(word.person) ?? -Infinity) - 1) }
      : word,
  );
}
