/** `setField({ … })`: writes fields of the lead's profile. */
import type { Settable } from '../lead.ts';
import type { JsonObject } from '../plan.ts';
import { invalid } from '../problem.ts';
import type { Step } from '../step.ts';
import { defineStep, effectHandlers, type StepOptions, withId } from './define-step.ts';

type SetFieldArgs = { readonly fields: JsonObject };

export type SetFieldsEffect = { readonly effect: 'setFields' } & SetFieldArgs;

/**
 * Writes fields of the lead's profile, here and in the CRM. Typed: the lead must have such
 * fields, and they must take such values.
 *
 * Compiles to `{ kind: 'setField', args: { fields } }`.
 *
 * @example
 * setField({ tier: 'gold' }).key // => 'set:tier'
 */
export const setField = <const F extends JsonObject>(
  fields: F,
  options?: StepOptions,
): Step<Settable<F>> =>
  withId(
    { kind: 'setField', args: { fields }, key: `set:${Object.keys(fields).join('+')}` },
    options,
  );

export const setFieldKind = defineStep<SetFieldArgs, SetFieldsEffect>({
  kind: 'setField',
  check: ({ fields }) =>
    Object.keys(fields).length > 0
      ? []
      : [invalid('at least one field', fields, 'Name the field and its value.')],
  label: ({ fields }) => `set ${Object.keys(fields).join(', ')}`,
  ...effectHandlers<SetFieldArgs, SetFieldsEffect>((args) => ({ effect: 'setFields', ...args })),
});
