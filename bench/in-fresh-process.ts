/**
 * Calls an exported function in a process of its own, as a user's worker has one: what ran before has warmed
 * nothing up and left nothing in its heap.
 */
import { fork } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const SELF = fileURLToPath(import.meta.url);

/**
 * @param work exported by the module, under its own name
 * @param limitMs more than it takes on a busy machine: what hangs is said, and not waited for; 0 for none
 */
export async function inFreshProcess<T>(
  module: string,
  work: () => Promise<T>,
  limitMs = 600_000,
): Promise<T> {
  const label = `${basename(module, '.ts')} › ${work.name}`;
  console.error(label);
  const child = fork(SELF, [module, work.name], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    timeout: limitMs,
  });
  const answers: T[] = [];
  child.once('message', (answer) => {
    answers.push(answer as T); // sent below, as `work` has answered
    child.disconnect();
  });
  const end = await new Promise((resolve) => child.once('exit', (code, by) => resolve(by ?? code)));
  const [answer] = answers;
  if (answer === undefined) throw new Error(`${label}: ended with ${end} and without an answer.`);
  return answer;
}

if (process.argv[1] === SELF) {
  const [, , module = '', name = ''] = process.argv;
  // Gone with its parent too; and connections of the SDK's runtime would keep it for a while.
  process.once('disconnect', () => process.exit());
  // Not awaited here: the module imports this one, which would wait for itself.
  void import(module).then(async (work: Record<string, () => Promise<unknown>>) =>
    process.send?.(await work[name]?.()),
  );
}
