/** The decision ledger and the messages that were let through. */
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
          ? [...wanted].flatMap((person) => messages.by('person', person))
          : messages.all();
      return candidates
        .filter(
          (row) => (!wanted || wanted.has(row.person)) && (since === undefined || row.at >= since),
        )
        .sort((a, b) => a.at - b.at);
    },
    async countMessages(people, channel, messageClass, since) {
      const counts = [];
      for (const person of new Set(people)) {
        let count = 0;
        let oldest = Infinity;
        for (const row of messages.by('person', person)) {
          if (row.channel !== channel || row.class !== messageClass) continue;
          if (row.at < since || !usesCap(row)) continue;
          count += 1;
          oldest = Math.min(oldest, row.at);
        }
        if (count > 0) counts.push({ person, count, oldest });
      }
      return counts;
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
  if (runs) return [...new Set(runs)].flatMap((run) => decisions.by('run', run));
  if (people) return [...new Set(people)].flatMap((person) => decisions.by('person', person));
  return journey === undefined ? decisions.all() : decisions.by('journey', journey);
}
