/** The decision ledger and the messages that were let through. */
import type { Instant } from '../../dsl/plan.ts';
import type { Decision, Message } from '../rows.ts';
import type { Transaction } from '../store.ts';
import type { MemoryTables } from './memory-tables.ts';
import { rowsOf } from './rows-of.ts';

type Queries = Pick<
  Transaction,
  | 'decisions'
  | 'addDecisions'
  | 'addMessages'
  | 'messages'
  | 'countMessages'
  | 'putRendered'
  | 'putMessageOutcomes'
>;

export function memoryMessages({ decisions, messages }: MemoryTables): Queries {
  return {
    async decisions(where) {
      const runs = where.runs && new Set(where.runs);
      const people = where.people && new Set(where.people);
      return decisionCandidates(decisions, where)
        .filter(
          (row) =>
            (!runs || runs.has(row.run)) &&
            (!people || people.has(row.person)) &&
            (where.journey === undefined || row.journey === where.journey),
        )
        .sort((a, b) => a.at - b.at);
    },
    async addDecisions(rows) {
      for (const row of rows) if (!decisions.get(row.key)) decisions.put(row.key, row);
    },
    async addMessages(rows) {
      for (const row of rows) if (!messages.get(row.key)) messages.put(row.key, row);
    },
    async messages({ keys, people, since }) {
      const wanted = people && new Set(people);
      const candidates = keys
        ? rowsOf(messages, keys)
        : wanted
          ? messages.ofEach('person', [...wanted])
          : messages.all();
      return candidates
        .filter(
          (row) => (!wanted || wanted.has(row.person)) && (since === undefined || row.at >= since),
        )
        .sort((a, b) => a.at - b.at);
    },
    async countMessages(people, channel, messageClass, since) {
      const counts = new Map<string, { person: string; count: number; oldest: Instant }>();
      for (const row of messages.ofEach('person', people)) {
        const { person, at } = row;
        if (row.channel !== channel || row.class !== messageClass) continue;
        if (at < since || !usesCap(row)) continue;
        const known = counts.get(person);
        if (!known) counts.set(person, { person, count: 1, oldest: at });
        else {
          known.count += 1;
          known.oldest = Math.min(known.oldest, at);
        }
      }
      return [...counts.values()];
    },
    async putRendered(rows) {
      for (const { key, rendered } of rows) {
        const known = messages.get(key);
        if (known) messages.put(key, { ...known, rendered });
      }
    },
    async putMessageOutcomes(rows) {
      for (const { key, status, code, providerId } of rows) {
        const known = messages.get(key);
        if (known) messages.put(key, { ...known, status, code, providerId });
      }
    },
  };
}

/** A message that reached nobody uses up no cap. */
function usesCap(row: Message): boolean {
  return row.status !== 'refused' && row.status !== 'withheld';
}

function decisionCandidates(
  decisions: MemoryTables['decisions'],
  { keys, runs, people, journey }: Parameters<Transaction['decisions']>[0],
): Decision[] {
  if (keys) return rowsOf(decisions, keys);
  if (runs) return decisions.ofEach('run', runs);
  if (people) return decisions.ofEach('person', people);
  return journey === undefined ? decisions.all() : decisions.by('journey', journey);
}
