/**
 * Ctrl-C and SIGTERM as a wish to stop: the first lets what is at hand finish, the second ends the process
 * at once. What holds locks and servers is told by the end of the process, too.
 */

export interface StopRequest {
  /** Resolves when somebody wants the process to stop. */
  readonly asked: Promise<void>;
  /** Gives the signals their usual meaning again. */
  dispose(): void;
}

/** One Ctrl-C may come twice: from the terminal, and handed on by npm. */
const SAME_WITHIN_MS = 500;
const EXIT_CODE_OF_SIGINT = 130;

export function stopRequest(onFirst: () => void): StopRequest {
  let firstAt: number | undefined;
  let stop: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (stop = resolve));
  const hear = (): void => {
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
  for (const signal of signals) process.on(signal, hear);
  return {
    asked,
    dispose: () => {
      for (const signal of signals) process.off(signal, hear);
    },
  };
}
