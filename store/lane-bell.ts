/**
 * Wakes those who wait for rows of a lane. Counts rings from the moment it is made, so that a ring
 * between looking for rows and waiting for them is never lost.
 */
import type { Lane } from './rows.ts';

export interface LaneBell {
  /** Rows of the lane may have been added. */
  ring(lane: Lane): void;
  /** A claim is about to look: whatever rang before has been heard. Call it before the query. */
  looking(lane: Lane): void;
  /** Resolves at the next ring, at once where one was not heard yet, after `timeoutMs`, or when `signal` aborts. */
  wait(lane: Lane, timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** Ends every wait; later ones end at once. */
  close(): void;
}

interface LaneState {
  rung: number;
  heard: number;
  readonly waiting: Set<() => void>;
}

export function laneBell(): LaneBell {
  const lanes = new Map<Lane, LaneState>();
  let closed = false;

  function stateOf(lane: Lane): LaneState {
    const known = lanes.get(lane);
    if (known) return known;
    const fresh: LaneState = { rung: 0, heard: 0, waiting: new Set() };
    lanes.set(lane, fresh);
    return fresh;
  }

  return {
    ring(lane) {
      const state = stateOf(lane);
      state.rung += 1;
      if (state.waiting.size > 0) state.heard = state.rung;
      for (const wake of state.waiting) wake();
    },
    looking(lane) {
      const state = stateOf(lane);
      state.heard = state.rung;
    },
    wait(lane, timeoutMs, signal) {
      const state = stateOf(lane);
      if (closed || signal?.aborted || state.rung > state.heard) {
        state.heard = state.rung;
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
    close() {
      closed = true;
      for (const state of lanes.values()) for (const wake of state.waiting) wake();
    },
  };
}
