/** Whoever is asked has so long; after that the answer is what is said of the late, and nobody waits for theirs. */
export async function within<T>(ms: number, ask: () => Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late()), ms);
  });
  return Promise.race([ask(), tooLate]).finally(() => clearTimeout(timer));
}

/** Whether there is a sign of life within so long: whoever throws or is late gives none. */
export const answersWithin = (ms: number, ask: () => Promise<unknown>): Promise<boolean> =>
  within(
    ms,
    () =>
      ask().then(
        () => true,
        () => false,
      ),
    () => false,
  );
