/** A lead given to sales: an operation for the CRM with its owner, deadline and the reasons for the score. */
import type { Effect } from '../../dsl/effect.ts';
import { prepareScore } from '../../dsl/scoring/score-lead.ts';
import { loadFacts } from '../../activities/load-facts.ts';
import { ownerOf } from '../../activities/owner-of.ts';
import { crmRow } from './crm-row.ts';
import { DONE, type EffectKind } from '../../activities/effects/effect-kind.ts';

export const handoffEffect: EffectKind<Extract<Effect, { effect: 'handoff' }>> = {
  effect: 'handoff',
  perform: async (world, tx, items) => {
    const facts = await loadFacts(
      world,
      tx,
      items.map(({ person, at }) => ({ person: person.id, at })),
    );
    const model = world.project.config.scoring;
    await tx.addLaneRows(
      items.map((item, i) => {
        const lead = facts[i];
        const score = model && lead && prepareScore(model, lead)(item.at);
        return crmRow(item, 'handoff', {
          to:
            item.effect.to === 'owner'
              ? (ownerOf(world.project, item.person)?.id ?? 'unassigned')
              : item.effect.to,
          dueAt: item.at + item.effect.slaMs,
          score: score === undefined ? null : Math.round(score.total),
          because: (score?.because ?? []).map(
            ({ rule, points, count }) =>
              `${points > 0 ? '+' : ''}${Math.round(points)} ${rule}${count > 1 ? ` ×${count}` : ''}`,
          ),
        });
      }),
    );
    return items.map(() => DONE);
  },
};
