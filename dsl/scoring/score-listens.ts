/** What can change a score: anything else that happens need not be scored at all. */
import { listensTo } from '../conditions/index.ts';
import type { Listens } from '../plan.ts';
import type { ScoringModel } from './scoring-model.ts';

const listensByModel = new WeakMap<ScoringModel, Listens>();

export function scoreListens(model: ScoringModel): Listens {
  const known = listensByModel.get(model);
  if (known !== undefined) return known;
  const listens = listensTo(model.rules.map((rule) => ('on' in rule ? rule.on : rule.while)));
  listensByModel.set(model, listens);
  return listens;
}
