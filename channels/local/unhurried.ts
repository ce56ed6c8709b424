/** Work that many ask for, done a moment later. */

const DELAY_MS = 250;

/** Work that may come a moment late and need not be done for every change: pages that people look at. */
export interface Unhurried {
  /** Has it done within a moment, once for however many ask. */
  ask(): void;
  /** Has it done now if anybody asked, and waits. */
  finish(): Promise<void>;
}

/** @param work must not throw for a passing reason: a failure waits for the next `finish`. */
export function unhurried(work: () => Promise<void>, delayMs = DELAY_MS): Unhurried {
  let timer: NodeJS.Timeout | undefined;
  let asked = false;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    if (!asked) return;
    asked = false;
    await work();
  }

  function start(): void {
    timer = undefined;
    running = running.then(run).catch(() => {
      asked = true;
    });
  }

  return {
    ask() {
      asked = true;
      timer ??= setTimeout(start, delayMs).unref();
    },
    async finish() {
      clearTimeout(timer);
      timer = undefined;
      await running;
      await run();
    },
  };
}
