/** A type that no value fits: what an author reads where it stands is its sentence. */

declare const mistake: unique symbol;

export interface Mistake<Sentence extends string> {
  readonly [mistake]: Sentence;
}
