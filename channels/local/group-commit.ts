/** Many changes, few writes: whoever asks waits for a write that began after their change. */

/** @param write saves the state as it is when it is called. */
export function groupCommit(write: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> = Promise.resolve();
  let queued: Promise<void> | undefined;
  return () =>
    (queued ??= current
      // Its own callers have been told of a failed write.
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        current = write();
        return current;
      }));
}
