/** What a saved file has changed, in a line for each journey. */
import type { EmailTemplate } from '../../dsl/email.ts';
import type { Plan, PlanNode } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';

type Composed = Pick<Project, 'plans' | 'templates'>;

/** Nothing: what journeys compile to is as it was, and so are the templates' functions. */
export function whatChanged(before: Composed, now: Composed): readonly string[] {
  const ids = [...new Set([...before.plans.keys(), ...now.plans.keys()])];
  return [
    ...ids.flatMap((id) => journeyChange(id, before.plans.get(id), now.plans.get(id))),
    ...[...now.templates].flatMap(([id, template]) => {
      const known = before.templates.get(id);
      const isNew = known !== undefined && wordsOf(known) !== wordsOf(template);
      return isNew ? [`template ${id}: other words, from the next message on`] : [];
    }),
  ];
}

function journeyChange(id: string, before: Plan | undefined, now: Plan | undefined): string[] {
  if (now === undefined) return [`${id} is gone: who is in it finishes it`];
  if (before === undefined) return [`${id} is new`];
  if (before.hash === now.hash) return [];
  const ids = [...new Set([...Object.keys(before.nodes), ...Object.keys(now.nodes)])];
  const steps = ids.flatMap((step) => {
    const [old, current] = [before.nodes[step], now.nodes[step]];
    if (old === undefined) return [`+ ${step}`];
    if (current === undefined) return [`− ${step}`];
    return doing(old) === doing(current) ? [] : [`~ ${step}`];
  });
  const what = steps.length === 0 ? 'its rules' : steps.join(', ');
  return [`${id}: ${what}; who is in it finishes the plan that they began`];
}

/** What a step does, wherever it leads. */
const doing = ({ kind, args }: PlanNode): string => JSON.stringify([kind, args]);

/** As they are written: what functions would say nobody knows. */
const wordsOf = ({ content }: EmailTemplate<never>): string =>
  Object.values(content).map(String).join('\n');
