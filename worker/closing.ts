/** What was opened, to be closed in the opposite order; once. */

export interface Closing {
  add(close: () => Promise<void>): void;
  /** Closes all, the later first, and throws the first error when every one was tried. */
  close(): Promise<void>;
}

export function closing(): Closing {
  const open: (() => Promise<void>)[] = [];
  return {
    add: (close) => void open.push(close),
    async close() {
      const errors: unknown[] = [];
      for (const each of open.splice(0).toReversed()) {
        await each().catch((error: unknown) => errors.push(error));
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}

/** Does what opens things, then closes them, however it ended; the error that it ended with says more than theirs. */
export async function whileOpen<T>(work: (opened: Closing) => Promise<T>): Promise<T> {
  const opened = closing();
  const result = await work(opened).catch(async (error: unknown) => {
    await opened.close().catch(() => undefined);
    throw error;
  });
  await opened.close();
  return result;
}
