/**
 * What a lead lacks that a template reads: its message would say `Hello undefined`. Types are erased, so the template
 * itself says what it reads: it is filled for a lead that notes each field that is asked for and is not there.
 */
import type { EmailContext, EmailTemplate } from '../../dsl/email.ts';
import { isHtml } from '../../dsl/html.ts';
import type { LeadField } from '../../dsl/lead-fields.ts';
import type { JsonObject } from '../../dsl/plan.ts';

/** Fields that a template has ever been seen to read: who has them all is not asked again. */
const everRead = new WeakMap<object, Set<string>>();

/**
 * The field that the message cannot do without; undefined: it may leave.
 *
 * @param fields of the journey's lead model: what it requires a template may count on, and types made sure that
 * templates do without the rest.
 */
export function lacks(
  template: EmailTemplate<never>,
  profile: JsonObject,
  fields: ReadonlyMap<string, LeadField>,
): string | undefined {
  const known = everRead.get(template);
  const absent = (field: string): boolean =>
    profile[field] === undefined || profile[field] === null;
  if (known !== undefined && ![...known].some(absent)) return undefined;
  const reads = new Set<string>();
  const filled = fill(template, noting(profile, reads));
  everRead.set(template, new Set([...(known ?? []), ...reads]));
  const missing = [...reads].filter(absent);
  if (missing.length === 0) return undefined;
  // What it made of nothing could not be filled at all: the last that it asked for.
  if (filled === undefined) return missing.at(-1);
  const required = missing.find((field) => fields.get(field)?.required === true);
  return required ?? missing.find((field) => isPrinted(template, profile, field, filled));
}

/** The text shows `undefined` where the field stands: with a word in its place it shows the word. */
function isPrinted(
  template: EmailTemplate<never>,
  profile: JsonObject,
  field: string,
  filled: string,
): boolean {
  const word = `(${field})`;
  const withWord = fill(template, { ...profile, [field]: word });
  return withWord?.replaceAll(word, 'undefined') === filled && filled.includes('undefined');
}

/** Undefined where the template throws. */
function fill({ content }: EmailTemplate<never>, lead: object): string | undefined {
  const context: EmailContext<object> = {
    lead,
    from: { id: 'brand', name: 'Brand', email: 'brand@example.invalid' },
    unsubscribeUrl: 'https://example.invalid/u',
  };
  try {
    // The lead's type was checked where the template was sent.
    const typed = context as unknown as EmailContext<never>;
    const body = content.body(typed);
    return `${content.subject(typed)}\n${isHtml(body) ? body.html : ''}`;
  } catch {
    return undefined;
  }
}

const noting = (profile: JsonObject, reads: Set<string>): object =>
  new Proxy(profile, {
    get(target, field) {
      if (typeof field === 'string') reads.add(field);
      return Reflect.get(target, field) as unknown;
    },
    has(target, field) {
      if (typeof field === 'string') reads.add(field);
      return Reflect.has(target, field);
    },
  });
