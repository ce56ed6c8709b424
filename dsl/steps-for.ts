/**
 * Whether steps fit the lead of the journey in which they stand, as types alone: where one does not, its place
 * asks for a `Mistake`, and what compilers print of that is its sentence.
 */
import type { EmailTemplate } from './email.ts';
import type { JourneyLead, Settable } from './lead.ts';
import type { Mistake } from './problem.ts';
import type { Step } from './step.ts';

/** What stands where a step belongs. `object` leaves room for what is none, so that its own sentence is read. */
export type StepOrNot<L> = Step<L> | object;

/** Steps of a journey for leads of type `L`; each stands for itself, so a mistake is shown on its line. */
export type StepsFor<L, S extends readonly unknown[]> = {
  readonly [I in keyof S]: S[I] extends Step<JourneyLead<L>>
    ? S[I]
    : Mistake<S[I] extends Step<infer N> ? Misfit<N, L> : NoStep<S[I]>>;
} & readonly StepOrNot<JourneyLead<L>>[];

type NoStep<S> =
  S extends EmailTemplate<never>
    ? 'A template is not a step: sendEmail(template) is.'
    : S extends { readonly condition: unknown }
      ? 'An event or a condition is not a step: waitFor, when and until take it.'
      : 'This is not a step.';

/** Why a step that needs `N` does not fit leads of type `L`. The first kind of reason that there is. */
type Misfit<N, L> = FirstOf<
  [
    [N] extends [never] ? 'A mistake inside this step is to be put right first.' : never,
    Sentence<
      Exclude<Reads<N>, keyof L>,
      'This step reads',
      ', which the lead of this journey does not have.'
    >,
    Sentence<
      Missing<N, L>,
      'This step reads',
      ', which a lead of this journey may lack: let the template take undefined, or require it in the lead model.'
    >,
    Sentence<Other<N, L>, 'This step reads', ' as another type than the lead of this journey has.'>,
    Sentence<
      Exclude<keyof Sets<N>, keyof L>,
      'This step sets',
      ', which the lead of this journey does not have.'
    >,
    Sentence<
      Untaken<Sets<N>, L>,
      'This step sets',
      ' to a value that the lead model does not take.'
    >,
    'This step is for another lead.',
  ]
>;

type Sentence<Field, Does extends string, Why extends string> = `${Does} '${Field & string}'${Why}`;

/** Texts made of no field are `never`. */
type FirstOf<Sentences extends readonly unknown[]> = Sentences extends [
  infer First,
  ...infer Others,
]
  ? [First] extends [never]
    ? FirstOf<Others>
    : First
  : never;

type Reads<N> = Extract<keyof N, string>;

type Sets<N> = N extends Settable<infer F> ? F : Record<never, never>;

type Missing<N, L> = {
  [K in Reads<N> & keyof L]: L[K] extends N[K]
    ? never
    : Exclude<L[K], undefined> extends N[K]
      ? K
      : never;
}[Reads<N> & keyof L];

type Other<N, L> = {
  [K in Reads<N> & keyof L]: Exclude<L[K], undefined> extends N[K] ? never : K;
}[Reads<N> & keyof L];

type Untaken<F, L> = { [K in keyof F & keyof L]: F[K] extends L[K] ? never : K }[keyof F & keyof L];
