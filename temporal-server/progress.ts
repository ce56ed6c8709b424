/**
 * Says that something slow goes on, and for how long: every second to a person at a terminal, every
 * half minute to a log.
 */
export type Progress = (line: string) => void;

const TERMINAL_MS = 1_000;
const LOG_MS = 30_000;

/** Runs `work`; meanwhile `onProgress` hears `what`, with the time taken so far. */
export async function withProgress<T>(
  onProgress: Progress,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  onProgress(what);
  const timer = setInterval(
    () => onProgress(`${elapsed(performance.now() - startedAt)}: ${what}`),
    process.stderr.isTTY ? TERMINAL_MS : LOG_MS,
  );
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Writes to standard error: a terminal sees one line that changes, a log one line after the other. */
export function progressPrinter(): { readonly report: Progress; end(): void } {
  const isTerminal = process.stderr.isTTY;
  let isLineOpen = false;
  return {
    report(line) {
      process.stderr.write(
        isTerminal ? `\r\x1b[2K${line.slice(0, process.stderr.columns - 1)}` : `${line}\n`,
      );
      isLineOpen = isTerminal;
    },
    end() {
      if (isLineOpen) process.stderr.write('\n');
      isLineOpen = false;
    },
  };
}

/**
 * @example
 * elapsed(95_400) // => '1 min 35 s'
 */
export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
