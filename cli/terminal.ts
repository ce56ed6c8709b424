/** Where commands write: the answer to standard output, all else to standard error, so that pipes get answers alone. */

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
      stdout.write(`${text}\n`);
    },
    note: (text) => void stderr.write(`${wipe()}${text}\n`),
    progress(text) {
      if (!stderr.isTTY) return;
      stderr.write(`${wipe()}${text.slice(0, stderr.columns - 1)}`);
      isLineOpen = true;
    },
    exitWith: (code) => void (process.exitCode = code),
  };
}
