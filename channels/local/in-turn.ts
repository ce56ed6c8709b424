/** One thing after the other, in the order of asking: for files that two calls must not touch at once. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

export function inTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    // The next one waits for the end, not for the success.
    last = result.catch(() => undefined);
    return result;
  };
}
