/** Personas: typed leads for rehearsals. */
import type { LeadModel } from '../dsl/lead.ts';
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
 * A made-up lead that fits the model; its time zone is its field `timezone`.
 *
 * @throws ZodError when the profile does not fit.
 */
export function persona<L>(
  model: LeadModel<L>,
  profile: NoInfer<L>,
  options: PersonaOptions = {},
): Persona<L> {
  // A lead model describes JSON profiles.
  const fields = model.schema.parse(profile) as JsonObject;
  const zone = fields['timezone'];
  return {
    id: oneForm(options.id ?? 'lead'),
    profile: fields,
    zone: typeof zone === 'string' ? zone : null,
    consents: options.consents?.map(oneForm),
  };
}
