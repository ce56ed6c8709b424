/** Refuses a row that a declared constraint forbids; the transaction that tried is rolled back. */
export class ConstraintError extends Error {
  override readonly name = 'ConstraintError';
  readonly code = 'constraint-violated';
  /** The table and its index or column, as in `enrolments.underWay`. */
  readonly constraint: string;

  constructor(constraint: string) {
    super(
      `${constraint}: expected rows that fit this constraint, received one that does not. ` +
        'Lock what it is about and look before writing. [constraint-violated]',
    );
    this.constraint = constraint;
  }
}
