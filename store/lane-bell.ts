/**
 * Wakes those who wait for rows of a lane. Remembers that it rang from the moment it is made, so that a
 * ring between looking for rows and waiting for them is never lost.
 */
export type LaneBell = ReturnType<typeof laneBell>;

interface LaneState {
  /** It rang, and nobody has looked or waited since. */
  unheard: boolean;
  readonly waiting: Set<() => void>;
}

export function laneBell() {
  const lanes = new Map<string, LaneState>();
  let closed = false;

  function stateOf(lane: string): LaneState {
    const state = lanes.get(lane) ?? { unheard: false, waiting: new Set() };
    lanes.set(lane, state);
    return state;
  }

  function ring(state: LaneState): void {
    state.unheard = state.waiting.size === 0;
    for (const wake of state.waiting) wake();
  }

  return {
    /** Rows of the lane may have been added. */
    ring: (lane: string) => ring(stateOf(lane)),
    /** Rows of any lane may have been added: rings each that anybody waits for or has asked about. */
    ringAll: () => lanes.forEach(ring),
    /** A claim is about to look: whatever rang before has been heard. Call it before the query. */
    looking(lane: string) {
      stateOf(lane).unheard = false;
    },
    /** Resolves at the next ring, at once where one was not heard yet, after `timeoutMs`, or when `signal` aborts. */
    wait(lane: string, timeoutMs: number, signal?: AbortSignal): Promise<void> {
      const state = stateOf(lane);
      if (closed || signal?.aborted || state.unheard) {
        state.unheard = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          state.waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        signal?.addEventListener('abort', wake, { once: true });
        state.waiting.add(wake);
      });
    },
    /** Ends every wait; later ones end at once. */
    close() {
      closed = true;
      lanes.forEach(ring);
    },
  };
}
