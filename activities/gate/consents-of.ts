/** The latest word of people on each topic. */
import type { Transaction } from '../../store/store.ts';
import { type Consent, consents } from '../../store/tables/index.ts';

export async function consentsOf(
  tx: Transaction,
  people: readonly string[],
): Promise<(person: string, topic: string) => Consent['state'] | undefined> {
  // Rows come in order of time: the last one stands.
  const rows = await tx.find(consents, { person: people });
  const latest = new Map(rows.map(({ person, topic, state }) => [`${person} ${topic}`, state]));
  return (person, topic) => latest.get(`${person} ${topic}`);
}
