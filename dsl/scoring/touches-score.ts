/** Whether something that happened can have changed a score: all else need not be scored at all. */
import type { Behaviour } from '../behaviour.ts';
import { listensTo } from '../conditions/index.ts';
import type { Listens } from '../plan.ts';
import { rulesMet } from './rules-met.ts';
import type { ScoringModel } from './scoring-model.ts';

/** Models are constants: what their states listen to is found once. */
const listensByModel = new WeakMap<ScoringModel, Listens>();

/** @param profile true where it changed the lead's profile. */
export function touchesScore(model: ScoringModel, behaviour: Behaviour, profile: boolean): boolean {
  const listens = stateListens(model);
  if (profile && listens.profile) return true;
  if (behaviour.suspectedBot === true) return false;
  return listens.events.includes(behaviour.name) || rulesMet(model, behaviour).length > 0;
}

function stateListens(model: ScoringModel): Listens {
  const known = listensByModel.get(model);
  if (known !== undefined) return known;
  const listens = listensTo(model.rules.flatMap((rule) => ('while' in rule ? [rule.while] : [])));
  listensByModel.set(model, listens);
  return listens;
}
