/**
 * Gathers what is asked for while the last of it is being done, and has it done together: alone nobody waits, and under
 * load little is done for many.
 */

/** Something that somebody waits for. */
export interface Asked<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * @param perform answers each one that it is given; never rejects itself.
 * @param take how many of those who wait it is given at a time, at least one. Default: all.
 */
export function together<Item, Result>(
  perform: (asked: readonly Asked<Item, Result>[]) => Promise<void>,
  take: (items: readonly Item[]) => number = (items) => items.length,
): (item: Item) => Promise<Result> {
  const waiting: Asked<Item, Result>[] = [];
  let isRunning = false;

  const start = async (): Promise<void> => {
    if (isRunning || waiting.length === 0) return;
    isRunning = true;
    await perform(waiting.splice(0, take(waiting.map(({ item }) => item))));
    isRunning = false;
    void start();
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      void start();
    });
}
