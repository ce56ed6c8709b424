/** Refuses a second live run of one person in one journey; the transaction that tried is rolled back. */
export class LiveRunError extends Error {
  override readonly name = 'LiveRunError';
  readonly code = 'live-run-exists';

  constructor() {
    super(
      'enrolments: expected at most one live run per person and journey, received a second one. ' +
        'Lock the person and look for a live enrolment before adding one. [live-run-exists]',
    );
  }
}
