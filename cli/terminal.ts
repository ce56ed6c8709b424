/**
 * The terminal of a command. The answer goes to standard output, all else to standard error, so that pipes
 * get answers alone; Ctrl-C asks a command that runs for long to stop.
 */

export interface Terminal {
  /** The answer. */
  print(text: string): void;
  /** What people should know besides. */
  note(text: string): void;
  /** What is going on, in one line that changes; shown only to somebody at a terminal. */
  progress(text: string): void;
  /** Ends the command with this code when it is done. */
  exitWith(code: ExitCode): void;
}

/** 1: wrong use, or data that was refused; 2: a fault. */
export type ExitCode = 0 | 1 | 2;

/** What senders write may hold what terminals obey: lines and tabs alone are left. */
export const harmless = (text: string): string => text.replace(/[^\P{Cc}\n\t]/gu, ' ');

const WIPE = '\r\u001B[2K';

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  let isLineOpen = false;
  // Whoever reads may have had enough (`| head`): that is no fault.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const wipe = (): string => {
    const wiped = isLineOpen ? WIPE : '';
    isLineOpen = false;
    return wiped;
  };
  return {
    print(text) {
      if (isLineOpen) stderr.write(wipe());
      stdout.write(`${harmless(text)}\n`);
    },
    note: (text) => void stderr.write(`${wipe()}${harmless(text)}\n`),
    progress(text) {
      if (!stderr.isTTY) return;
      stderr.write(`${wipe()}${harmless(text).slice(0, stderr.columns - 1)}`);
      isLineOpen = true;
    },
    exitWith: (code) => void (process.exitCode = code),
  };
}

/** One Ctrl-C may come twice: from the terminal, and handed on by npm. */
const SAME_WITHIN_MS = 500;
const EXIT_CODE_OF_SIGINT = 130;

/**
 * Runs something that ends when `asked` resolves: at the first Ctrl-C or SIGTERM, so that what is at hand
 * is finished. The second ends the process at once, and with it the locks and servers that it holds.
 */
export async function runUntilAsked(
  onFirst: () => void,
  run: (asked: Promise<void>) => Promise<void>,
): Promise<void> {
  let firstAt: number | undefined;
  let stop: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (stop = resolve));
  const onSignal = (): void => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      onFirst();
      stop();
    } else if (now - firstAt > SAME_WITHIN_MS) {
      process.exit(EXIT_CODE_OF_SIGINT);
    }
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  try {
    await run(asked);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
