/** People who go on and on without ever waiting: parked, with the reason, instead of moved for ever. */

export class RunsInCircles extends Error {
  override readonly name = 'RunsInCircles';

  /** @param what `1000 steps of one run`. */
  constructor(what: string) {
    super(
      `expected a wait between them, received ${what} without one. ` +
        'Find the journeys that lead into each other, and wait in one of them. [runs-in-circles]',
    );
  }
}
