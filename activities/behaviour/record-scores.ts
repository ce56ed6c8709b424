/** Ledger and projection of scores, in the transaction that brought the behaviour. */
import { contributions } from '../../dsl/scoring/contributions.ts';
import { scoreLead } from '../../dsl/scoring/score-lead.ts';
import type { ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { EventRow, LeadScore, ScoreEntry } from '../../store/rows.ts';
import type { Transaction } from '../../store/store.ts';
import type { Moment } from './moment.ts';

/** @param history all events of those whose score may have changed, the new ones included. */
export async function recordScores(
  model: ScoringModel,
  tx: Transaction,
  moments: readonly Moment[],
  history: ReadonlyMap<string, readonly EventRow[]>,
): Promise<void> {
  const touched = moments.filter(({ score }) => score);
  if (touched.length === 0) return;
  const entries = touched.flatMap(({ row }): ScoreEntry[] =>
    contributions(model, row).map((entry) => ({
      ...entry,
      person: row.person,
      source: row.source,
      event: row.id,
      at: row.at,
    })),
  );
  if (entries.length > 0) await tx.addScoreEntries(entries);
  const profiles = new Map<string, JsonObject>();
  for (const { row } of touched) profiles.set(row.person, {});
  for (const { row, profile } of moments) {
    if (profiles.has(row.person)) profiles.set(row.person, profile);
  }
  await tx.putLeadScores(
    [...profiles].map(([person, profile]): LeadScore => {
      const behaviour = history.get(person) ?? [];
      const at = behaviour.reduce((latest, row) => Math.max(latest, row.at), -Infinity);
      const { total, grade } = scoreLead(model, { profile, behaviour }, at);
      return { person, total, grade, at };
    }),
  );
}
