/** What stands where a step, a list of steps or a condition belongs: compilers refuse it, JavaScript lets it pass. */
import type { Journey } from '../journey.ts';
import { localProblem, type Problem } from '../problem.ts';
import type { AnyStep } from '../step.ts';

const STEP = 'Steps are what sendEmail, waitDays, when and their like answer.';
const CONDITION = 'Events are conditions, and so is what lead.is, score.above and all() answer.';

/** Nothing else of a journey can be looked at where there are any. */
export function strays({ rules, steps }: Unchecked<Journey>): readonly Problem[] {
  if (!isObject(rules)) {
    const expected = 'rules: journey(id, { lead }, [steps])';
    return [{ where: 'journey', ...localProblem(expected, name(rules), 'Name the lead model.') }];
  }
  return [...straysInRules(rules), ...straysInList('journey', steps)];
}

/** As JavaScript may hand it over. */
type Unchecked<T> = { readonly [K in keyof T]: unknown };

function straysInRules(rules: object): readonly Problem[] {
  const { enter, goal, exit, lead } = rules as Unchecked<Journey['rules']>;
  const problems = Object.entries({ enter, goal, exit }).flatMap(([rule, given]) =>
    given === undefined || (isObjectLike(given) && 'condition' in given)
      ? []
      : [localProblem(`${rule} to be a condition`, name(given), CONDITION)],
  );
  const isModel = isObject(lead) && 'schema' in lead;
  const model = isModel
    ? []
    : [localProblem('a lead model', name(lead), 'lead(z.object({ … })) makes one.')];
  return [...problems, ...model].map((problem) => ({ where: 'journey', ...problem }));
}

function straysInList(where: string, steps: unknown): readonly Problem[] {
  if (!Array.isArray(steps)) {
    const fix = 'Put brackets around it: [sendEmail(intro)].';
    return [{ where, ...localProblem('a list of steps', name(steps), fix) }];
  }
  return steps.flatMap((step: unknown, at) => straysInStep(place(where, at + 1), step));
}

function straysInStep(where: string, step: unknown): readonly Problem[] {
  if (!isObject(step) || !('kind' in step) || !('args' in step)) {
    return [{ where, ...localProblem('a step', name(step), fixOf(step)) }];
  }
  const { branches = {}, key, uses } = step as Partial<AnyStep>;
  const templates = (uses?.templates ?? []).flatMap((template) =>
    isTemplate(template)
      ? []
      : [{ where, ...localProblem('a template', name(template), 'email(id, { … }) makes one.') }],
  );
  const inside = Object.entries(branches).flatMap(([outcome, steps]) =>
    straysInList(`${where} ${String(key)} › ${outcome}`, steps),
  );
  return [...templates, ...inside];
}

const place = (where: string, step: number): string =>
  where === 'journey' ? `step ${step}` : `${where} › step ${step}`;

/** What it is, in a person's words. */
function name(given: unknown): string {
  if (Array.isArray(given)) return 'a list';
  if (isTemplate(given)) return `the template ${JSON.stringify(given.id)}`;
  if (typeof given === 'function') return `the event ${JSON.stringify(given.name)}`;
  if (isObject(given) && 'kind' in given) return `the step ${JSON.stringify(given.kind)}`;
  return given === undefined ? 'nothing' : (JSON.stringify(given) ?? typeof given);
}

function fixOf(given: unknown): string {
  if (isTemplate(given)) return 'sendEmail(template) is one.';
  if (Array.isArray(given)) return 'Spread it: ...block.';
  return typeof given === 'function' ? 'waitFor, when and until take events.' : STEP;
}

const isObject = (given: unknown): given is object => typeof given === 'object' && given !== null;

/** Events are functions that have members. */
const isObjectLike = (given: unknown): given is object =>
  isObject(given) || typeof given === 'function';

const isTemplate = (given: unknown): given is { readonly id: string } =>
  isObject(given) && 'channel' in given && 'id' in given;
