/** Forgets what is over, beside everything else that a worker does. */
import { forgetFinished } from '../activities/lanes/forget-finished.ts';
import type { World } from '../activities/world.ts';
import { DAY_MS } from '../dsl/duration.ts';
import type { Environment } from './environment.ts';

/** Answers with what ends it. */
export function startForgetting(
  world: World,
  { CULTIVO_KEEP_DAYS: keepDays }: Pick<Environment, 'CULTIVO_KEEP_DAYS'>,
  report: ((error: Error, where: string) => void) | undefined,
): () => Promise<void> {
  const ending = new AbortController();
  const forgetting = forgetFinished(world, {
    keepMs: keepDays * DAY_MS,
    signal: ending.signal,
    report: (error) => report?.(error, 'forgetting what is over'),
  });
  return () => {
    ending.abort();
    return forgetting;
  };
}
