/** An error in the words of who called: what is wrong, what to do, and whose fault it is by the exit code. */
import type { ExitCode } from './terminal.ts';

interface Explanation {
  readonly message: string;
  /** The word in brackets that ends our own messages; null: nobody foresaw it. */
  readonly code: string | null;
  readonly exitCode: ExitCode;
}

/** Foreseen, and still not a matter of how the command was used. */
const FAULTS: readonly string[] = [
  'broken-package',
  'bundle-broken',
  'ingest-fault',
  'ingest-unreachable',
  'install-failed',
  'no-temporal-server',
  'store-failed',
  'store-unreachable',
  'temporal-gone',
  'temporal-server-died',
  'temporal-unreachable',
];

const DEFINITION_ERRORS: readonly string[] = ['ProjectDefinitionError', 'JourneyDefinitionError'];

/** @param trace whether the stack is asked for. */
export function explainError(error: unknown, trace: boolean): Explanation {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const code = codeOf(name, message);
  const shown = trace ? withCauses(error, stack ?? message) : message;
  if (code !== null) return { message: shown, code, exitCode: FAULTS.includes(code) ? 2 : 1 };
  const hint = trace
    ? 'This was not foreseen.'
    : 'This was not foreseen. Run it again with --trace to see where it happened.';
  return { message: `${shown || name}\n${hint}`, code: null, exitCode: 2 };
}

function codeOf(name: string, message: string): string | null {
  if (DEFINITION_ERRORS.includes(name)) return 'invalid-definition';
  return /\[([a-z][a-z0-9-]+)\]\s*$/.exec(message)?.[1] ?? null;
}

function withCauses(error: unknown, shown: string): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error
    ? withCauses(cause, `${shown}\ncaused by ${cause.stack ?? cause.message}`)
    : shown;
}
