/** Personas: typed leads for rehearsals. */
import { type DataProblem, problemsIn } from '../activities/data-problem.ts';
import { leadFields } from '../dsl/lead-fields.ts';
import type { LeadModel } from '../dsl/lead.ts';
import { sampleProfile } from './sample-profile.ts';
import { oneForm } from '../dsl/one-form.ts';
import type { JsonObject } from '../dsl/plan.ts';

export interface Persona<in out L> {
  /** Opaque in the story's store; readable in a test. */
  readonly id: string;
  readonly profile: JsonObject;
  readonly zone: string | null;
  /** Topics that the persona consents to; left out: all of them. */
  readonly consents: readonly string[] | undefined;
  readonly model?: LeadModel<L>;
}

export interface PersonaOptions {
  readonly id?: string;
  readonly consents?: readonly string[];
}

/**
 * A made-up lead that fits the model; its time zone is its field `timezone`. Required fields that are left out are made
 * up too.
 *
 * @throws Error [persona-invalid] naming each field that does not fit.
 */
export function persona<L>(
  model: LeadModel<L>,
  profile: Partial<NoInfer<L>>,
  options: PersonaOptions = {},
): Persona<L> {
  // A lead model describes JSON profiles.
  const given = profile as JsonObject;
  const required = [...leadFields(model)].flatMap(([name, field]) => (field.required ? name : []));
  const sample = required.every((name) => name in given) ? {} : sampleProfile(model);
  const made = required.flatMap((name) =>
    name in given || !(name in sample) ? [] : [[name, sample[name]]],
  );
  const { data, error } = model.schema.safeParse({ ...Object.fromEntries(made), ...given });
  if (error !== undefined) throw invalid(problemsIn(error.issues, given));
  const fields = data as JsonObject;
  const zone = fields['timezone'];
  return {
    id: oneForm(options.id ?? 'lead'),
    profile: fields,
    zone: typeof zone === 'string' ? zone : null,
    consents: options.consents?.map(oneForm),
  };
}

const invalid = (problems: readonly DataProblem[]): Error =>
  new Error(
    [
      'The persona does not fit its lead model:',
      ...problems.map(
        ({ path, expected, received }) => `  ${path}: expected ${expected}, received ${received}.`,
      ),
      'Correct these fields. [persona-invalid]',
    ].join('\n'),
  );
